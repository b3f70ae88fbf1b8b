-- Which property walks guests to which. An administrator says so; what is not here is not done.
CREATE TABLE sister (
    property integer NOT NULL REFERENCES property (id),
    to_property integer NOT NULL REFERENCES property (id),
    since bigint NOT NULL,
    PRIMARY KEY (property, to_property),
    CHECK (property <> to_property)
);
