-- Which reservations name a guest or a text: asked when a guest who was to be walked here is not, under the property's lock.
CREATE INDEX reservation_by_guest ON reservation (property, (doc #>> '{details,guest}'))
    WHERE doc #>> '{details,guest}' IS NOT NULL;
CREATE INDEX reservation_by_guarantee ON reservation (property, (doc #>> '{details,guarantee}'))
    WHERE doc #>> '{details,guarantee}' IS NOT NULL;
CREATE INDEX reservation_by_notes ON reservation (property, (doc #>> '{details,notes}'))
    WHERE doc #>> '{details,notes}' IS NOT NULL;
