-- Who saw a sensitive value of a record in full: counted in the one budget of all modules (trust.md §5.2).
CREATE TABLE ledgers.reveal (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  reveal_id uuid NOT NULL,
  record_id uuid NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  field_key text COLLATE "C" NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  caller_id text COLLATE "C" NOT NULL,
  caller_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, reveal_id),
  FOREIGN KEY (county_code, record_id) REFERENCES ledgers.record (county_code, record_id)
);
COMMENT ON TABLE ledgers.reveal IS '@sensitivity C3. Who saw a sensitive value of a record in full, when and why; never changed, but for the area of a household that moved. The budget of a user is counted from it.';
CREATE INDEX ledgers_reveal_record ON ledgers.reveal (county_code, record_id, at);
CREATE INDEX ledgers_reveal_caller ON ledgers.reveal (county_code, caller_id, at);
SELECT kernel.protect_area('ledgers.reveal', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON ledgers.reveal TO app_area, app_county, app_system;
-- Own reveals count wherever they were made, and in whichever ledger.
CREATE POLICY own_reveals ON ledgers.reveal FOR SELECT TO app_area, app_household
  USING (county_code = nullif(current_setting('app.county', true), '') AND caller_id = kernel.setting('caller'));
CREATE POLICY closed_ledger ON ledgers.reveal AS RESTRICTIVE
  USING (NOT closed OR caller_id = kernel.setting('caller')
    OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));
