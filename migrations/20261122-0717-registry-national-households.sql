-- The round trip also says of whole households, of who belongs to another one, and of places, what is to be entered in the national system.
ALTER TABLE registry.national_change DROP CONSTRAINT national_change_action_check;
ALTER TABLE registry.national_change ADD CONSTRAINT national_change_action_check
  CHECK (action IN ('change-value', 'add-person', 'remove-person', 'move-person', 'change-place', 'add-household', 'remove-household'));
ALTER TABLE registry.national_change DROP CONSTRAINT national_change_check;
ALTER TABLE registry.national_change ADD CONSTRAINT national_change_check
  CHECK ((field = '') = (action IN ('add-person', 'remove-person', 'add-household', 'remove-household')));
COMMENT ON COLUMN registry.national_change.field IS 'Empty: the person or the household as such is to be added or removed. householdNo: the person belongs to another household; place: the household or village stands elsewhere.';
