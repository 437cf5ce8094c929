-- The evidence and the history of leads, and reasons that rest, are read by who answers for the household today: they follow it when it moves.
GRANT UPDATE (area_path) ON screening.matched_row, screening.lead_event, screening.rested_reason TO app_area, app_county, app_system;
