-- What the register publishes for figures (docs/decisions/0035). Column comments are 中文 | English.

CREATE VIEW registry.v_household WITH (security_invoker = true) AS
  SELECT h.county_code, h.area_path, h.household_id::text AS row_id, h.household_id, h.household_no, h.head_name, h.household_type,
         h.monitor_category, h.registered, h.exit_status,
         (SELECT count(*) FROM registry.membership m
          WHERE m.county_code = h.county_code AND m.household_id = h.household_id AND m.valid_to IS NULL) AS members
  FROM registry.household h WHERE h.closed_on IS NULL;
COMMENT ON VIEW registry.v_household IS 'Households that are in the register today. What the fields were on a past day is not kept; members, tags and classes are.';
COMMENT ON COLUMN registry.v_household.household_no IS '户编号 | Household number';
COMMENT ON COLUMN registry.v_household.head_name IS '户主 | Head of household';
COMMENT ON COLUMN registry.v_household.household_type IS '户类型 | Household type';
COMMENT ON COLUMN registry.v_household.monitor_category IS '监测对象类别 | Kind of monitored object';
COMMENT ON COLUMN registry.v_household.registered IS '建档立卡 | Registered poor household';
COMMENT ON COLUMN registry.v_household.exit_status IS '脱贫状态 | Exit status';
COMMENT ON COLUMN registry.v_household.members IS '家庭人口 | Members';
GRANT SELECT ON registry.v_household TO app_area, app_household, app_county, app_system;

CREATE VIEW registry.v_member WITH (security_invoker = true) AS
  SELECT m.county_code, m.area_path, m.person_id::text || ' ' || m.valid_from AS row_id, m.household_id, m.person_id, p.name, p.sex,
         p.born_on, m.relation, p.labour_skill, h.registered, h.exit_status, m.valid_from, m.valid_to
  FROM registry.membership m
  JOIN registry.person p ON p.county_code = m.county_code AND p.person_id = m.person_id
  JOIN registry.household h ON h.county_code = m.county_code AND h.household_id = m.household_id
  WHERE p.merged_into IS NULL;
COMMENT ON VIEW registry.v_member IS 'Who belongs to which household since when and until when: one row per membership, so that members of a past day can be counted and named.';
COMMENT ON COLUMN registry.v_member.name IS '姓名 | Name';
COMMENT ON COLUMN registry.v_member.sex IS '性别 | Sex';
COMMENT ON COLUMN registry.v_member.born_on IS '出生日期 | Born on';
COMMENT ON COLUMN registry.v_member.relation IS '与户主关系 | Relation to the head';
COMMENT ON COLUMN registry.v_member.labour_skill IS '劳动技能 | Labour skill';
COMMENT ON COLUMN registry.v_member.registered IS '建档立卡户成员 | Of a registered poor household';
COMMENT ON COLUMN registry.v_member.exit_status IS '所在户脱贫状态 | Exit status of the household';
COMMENT ON COLUMN registry.v_member.valid_from IS '从哪天起 | Since';
COMMENT ON COLUMN registry.v_member.valid_to IS '到哪天前 | Until (first day on which it no longer holds)';
GRANT SELECT ON registry.v_member TO app_area, app_household, app_county, app_system;

CREATE VIEW registry.v_tag WITH (security_invoker = true) AS
  SELECT t.county_code, t.area_path, t.tag_id::text AS row_id, t.household_id, h.household_no, h.head_name, t.tag, t.source, t.valid_from, t.valid_to
  FROM registry.household_tag t JOIN registry.household h ON h.county_code = t.county_code AND h.household_id = t.household_id;
COMMENT ON VIEW registry.v_tag IS 'Tags of households, dated.';
COMMENT ON COLUMN registry.v_tag.household_no IS '户编号 | Household number';
COMMENT ON COLUMN registry.v_tag.head_name IS '户主 | Head of household';
COMMENT ON COLUMN registry.v_tag.tag IS '标签 | Tag';
COMMENT ON COLUMN registry.v_tag.source IS '来源 | Source';
COMMENT ON COLUMN registry.v_tag.valid_from IS '从哪天起 | Since';
COMMENT ON COLUMN registry.v_tag.valid_to IS '到哪天前 | Until (first day on which it no longer holds)';
GRANT SELECT ON registry.v_tag TO app_area, app_household, app_county, app_system;

CREATE VIEW registry.v_correction WITH (security_invoker = true) AS
  SELECT c.county_code, c.area_path, c.correction_id::text AS row_id, c.household_id, c.person_id, h.household_no, h.head_name, c.field, c.source,
         c.state, c.found_on, c.applied_on
  FROM registry.correction c JOIN registry.household h ON h.county_code = c.county_code AND h.household_id = c.household_id;
COMMENT ON VIEW registry.v_correction IS 'Corrections (M-008) without the values: every difference found is one row.';
COMMENT ON COLUMN registry.v_correction.household_no IS '户编号 | Household number';
COMMENT ON COLUMN registry.v_correction.head_name IS '户主 | Head of household';
COMMENT ON COLUMN registry.v_correction.field IS '信息项 | Field';
COMMENT ON COLUMN registry.v_correction.source IS '来源 | Source';
COMMENT ON COLUMN registry.v_correction.state IS '状态 | State';
COMMENT ON COLUMN registry.v_correction.found_on IS '发现日期 | Found on';
COMMENT ON COLUMN registry.v_correction.applied_on IS '更正日期 | Applied on';
GRANT SELECT ON registry.v_correction TO app_area, app_household, app_county, app_system;

CREATE VIEW registry.v_village WITH (security_invoker = true) AS
  SELECT v.county_code, v.area_path, v.village_id::text AS row_id, v.township, v.name FROM registry.village v;
COMMENT ON VIEW registry.v_village IS 'Administrative villages.';
COMMENT ON COLUMN registry.v_village.township IS '乡镇 | Township';
COMMENT ON COLUMN registry.v_village.name IS '行政村 | Village';
GRANT SELECT ON registry.v_village TO app_area, app_household, app_county, app_system;

CREATE VIEW registry.v_village_kind WITH (security_invoker = true) AS
  SELECT k.county_code, k.area_path, k.village_kind_id::text AS row_id, v.township, v.name, k.kind, k.valid_from, k.valid_to
  FROM registry.village_kind k LEFT JOIN registry.village v ON v.county_code = k.county_code AND v.area_path = k.area_path;
COMMENT ON VIEW registry.v_village_kind IS 'Kinds of villages, dated; a village may have several at once.';
COMMENT ON COLUMN registry.v_village_kind.township IS '乡镇 | Township';
COMMENT ON COLUMN registry.v_village_kind.name IS '行政村 | Village';
COMMENT ON COLUMN registry.v_village_kind.kind IS '村类型 | Kind of village';
COMMENT ON COLUMN registry.v_village_kind.valid_from IS '从哪天起 | Since';
COMMENT ON COLUMN registry.v_village_kind.valid_to IS '到哪天前 | Until (first day on which it no longer holds)';
GRANT SELECT ON registry.v_village_kind TO app_area, app_household, app_county, app_system;
