//! The page as the rules of accessibility see it.

use std::path::PathBuf;

use serde_json::Value;

use crate::{Outcome, Page, failure};

/// What axe-core is asked: the rules of WCAG 2.2 up to AA. Gives each finding with its places.
///
/// One rule is not asked of the cells of the calendar: that a name holds the figure that is seen. Dozens of cells show
/// the same figure, so nobody calls a cell by it; its name says the date and what the figure counts.
const LOOK: &str = "const done = arguments[0]; \
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']; \
    axe.run(document, { runOnly: { type: 'tag', values: rules } }).then( \
        ({ violations, passes }) => done({ \
            passes: passes.length, \
            found: violations.map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => \
                rule.id !== 'label-content-name-mismatch' \
                    || !document.querySelector(node.target.at(-1))?.closest('[role=gridcell]')) \
            })).filter((rule) => rule.nodes.length > 0).map((rule) => rule.id + ': ' + rule.nodes.map( \
                (node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')), \
        }), \
        (error) => done({ passes: 0, found: [String(error)] }))";

impl Page {
    /// Looks at the screen as it stands with axe-core, and fails with what it finds.
    pub async fn accessible(&self, screen: &str) -> Outcome {
        let known = self.run("return typeof axe", vec![]).await?;
        if known == "undefined" {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("../ui/node_modules/axe-core/axe.min.js");
            self.run(&std::fs::read_to_string(file)?, vec![]).await?;
        }
        let answer = self.run_slowly(LOOK, vec![]).await?;
        let found = answer["found"].as_array().map_or(&[][..], Vec::as_slice);
        if !found.is_empty() {
            let found: Vec<&str> = found.iter().filter_map(Value::as_str).collect();
            return failure(format!("{screen} is not accessible:\n{}", found.join("\n")));
        }
        if answer["passes"].as_u64().unwrap_or(0) < 5 {
            return failure(format!("{screen} was not looked at: {answer}"));
        }
        Ok(())
    }
}
