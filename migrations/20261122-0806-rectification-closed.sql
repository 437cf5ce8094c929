-- Problems of petitions and discipline behind a second lock (docs/decisions/0033, as 0032 for closed ledgers): a row of theirs, its history, evidence,
-- extensions and letters, is seen only when the transaction has opened them (`app.open_problems`), which one function does after it asked who the
-- caller is, or by the person whose name is on the problem. The system is not held: it writes what it hears, and follows households.
CREATE POLICY problem_closed ON rectification.problem AS RESTRICTIVE TO app_area, app_household, app_county
  USING (NOT is_closed_kind OR current_setting('app.open_problems', true) = 'closed' OR head_id = nullif(current_setting('app.caller', true), ''))
  WITH CHECK (true);

-- What belongs to a problem is seen with it: the policy above holds inside of these.
CREATE POLICY problem_event_closed ON rectification.problem_event AS RESTRICTIVE TO app_area, app_household, app_county
  USING (current_setting('app.open_problems', true) = 'closed' OR EXISTS (SELECT 1 FROM rectification.problem p
    WHERE p.county_code = problem_event.county_code AND p.problem_id = problem_event.problem_id))
  WITH CHECK (true);
CREATE POLICY evidence_closed ON rectification.evidence AS RESTRICTIVE TO app_area, app_household, app_county
  USING (current_setting('app.open_problems', true) = 'closed' OR EXISTS (SELECT 1 FROM rectification.problem p
    WHERE p.county_code = evidence.county_code AND p.problem_id = evidence.problem_id))
  WITH CHECK (true);
CREATE POLICY extension_closed ON rectification.extension AS RESTRICTIVE TO app_area, app_household, app_county
  USING (current_setting('app.open_problems', true) = 'closed' OR EXISTS (SELECT 1 FROM rectification.problem p
    WHERE p.county_code = extension.county_code AND p.problem_id = extension.problem_id))
  WITH CHECK (true);
CREATE POLICY letter_closed ON rectification.letter AS RESTRICTIVE TO app_area, app_county
  USING (NOT is_closed_kind OR current_setting('app.open_problems', true) = 'closed' OR EXISTS (SELECT 1 FROM rectification.problem p
    WHERE p.county_code = letter.county_code AND p.letter_id = letter.letter_id AND p.head_id = nullif(current_setting('app.caller', true), '')))
  WITH CHECK (true);
