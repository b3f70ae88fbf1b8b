//! What the description says of every address alike.

use utoipa::Modify;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};

/// The token that a caller shows.
pub(super) struct Token;

impl Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", scheme);
    }
}

/// What every address may answer.
pub(super) struct Anywhere;

impl Modify for Anywhere {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let answers = [
            (
                "429",
                "More was asked than may be: `Retry-After` says when to ask again.",
            ),
            (
                "503",
                "The database does not answer now: `Retry-After` says when to ask again.",
            ),
        ];
        for path in openapi.paths.paths.values_mut() {
            for operation in [&mut path.get, &mut path.post].into_iter().flatten() {
                for (status, why) in answers {
                    let problem = Ref::from_schema_name("Problem");
                    let content = ContentBuilder::new().schema(Some(problem)).build();
                    let answer = ResponseBuilder::new().description(why);
                    let answer = answer.content("application/json", content).build();
                    let all = &mut operation.responses.responses;
                    all.insert(status.to_owned(), answer.into());
                }
            }
        }
    }
}
