import { callerKeys, type CallerKey } from './callers.ts'

/**
 * Who is let in where, written by hand from the requirements (issue 2, trust.md §2) and never from identity's policy.
 * `+` let in · `0` let in, but nothing is there for him (404) · `.` refused (403) · `L` must log in (401) · `P` must change the password first (403).
 * Columns: D county data officer, L county leader, C/c department clerk of county/township, T township officer, V village cadre,
 * H/h/k helper of village/township/county, S/s supervisor of county/township, Y/E/A system, security, audit administrator,
 * N nobody, P one-time password, X disabled.
 */
const table = `
                                                          D L C c T V H h k S s Y E A N P X
GET    /identity/start                                    + + + + + + + + + + + + + + + + +
POST   /identity/start-empty                              + + + + + + + + + + + + + + + + +
POST   /identity/found                                    + + + + + + + + + + + + + + + + +
POST   /identity/login                                    + + + + + + + + + + + + + + + + +
POST   /identity/logout                                   + + + + + + + + + + + + + + L + L
GET    /identity/me                                       + + + + + + + + + + + + + + L + L
POST   /identity/password                                 + + + + + + + + + + + + + + L + L
GET    /identity/users                                    + . . . . . . . . . . + + + L P L
GET    /identity/users/export                             + . . . . . . . . . . + + + L P L
POST   /identity/users                                    . . . . . . . . . . . + . . L P L
POST   /identity/users/bulk                               . . . . . . . . . . . + . . L P L
POST   /identity/users/sheet                              . . . . . . . . . . . + . . L P L
PATCH  /identity/users/:userId                            . . . . . . . . . . . + . . L P L
POST   /identity/users/:userId/reset                      . . . . . . . . . . . + + . L P L
POST   /identity/users/:userId/unlock                     . . . . . . . . . . . + + . L P L
POST   /identity/users/:userId/disable                    . . . . . . . . . . . + . . L P L
POST   /identity/users/:userId/enable                     . . . . . . . . . . . + . . L P L
POST   /identity/users/:userId/hand-over                  . . . . . . . . . . . + . . L P L
GET    /identity/areas                                    + + + + + + + + + + + + + + L P L
POST   /identity/areas/import                             + . . . . . . . . . . + . . L P L
POST   /identity/areas/sheet                              + . . . . . . . . . . + . . L P L
GET    /identity/organisations                            + + + + + + . . . + + + + + L P L
POST   /identity/organisations                            + . + + + . . . . . . + . . L P L
POST   /identity/organisations/search                     + + + + + + . . . + + + + + L P L
GET    /identity/organisations/export                     + + + + + + . . . + + + + + L P L
GET    /identity/organisations/:organisationId            + + + + + + . . . + + + + + L P L
PATCH  /identity/organisations/:organisationId            + . + 0 0 . . . . . . + . . L P L
POST   /identity/organisations/:organisationId/merge      + . . . . . . . . . . + . . L P L
POST   /identity/organisations/:organisationId/unmerge    0 . . . . . . . . . . 0 . . L P L
PATCH  /identity/county                                   . . . . . . . . . . . + . . L P L
GET    /registry/households                               + + . . + + + + + + + . . . L P L
POST   /registry/households/search                        + + . . + + + + + + + . . . L P L
GET    /registry/households/counts                        + + . . + + + + + + + . . . L P L
GET    /registry/households/export                        + . . . + + . . . . . . . . L P L
GET    /registry/persons/export                           + . . . + + . . . . . . . . L P L
GET    /registry/persons/export-whole                     + . . . + . . . . . . . . . L P L
GET    /registry/villages/export                          + . . . + + . . . . . . . . L P L
GET    /registry/corrections/export                       + . . . + + . . . . . . . . L P L
GET    /registry/duplicates/export                        + . . . + . . . . . . . . . L P L
GET    /registry/exports                                  + + . . + + . . . . . . . + L P L
POST   /registry/exports                                  + . . . + . . . . . . . . . L P L
POST   /registry/exports/:exportId/decide                 + + . . . . . . . . . . . . L P L
GET    /registry/exports/:exportId/file                   + . . . + . . . . . . . . . L P L
GET    /registry/household-events/export                  + . . . + + . . . . . . . . L P L
GET    /registry/merges/export                            + . . . + . . . . . . . . . L P L
GET    /registry/exports/export                           + + . . + + . . . . . . . + L P L
GET    /registry/imports/export                           + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/differences/export      + . . . . . . . . . . . . . L P L
GET    /registry/totals/export                            + . . . + + . . . . . . . . L P L
GET    /registry/households/:householdId                  + + . . + + + + + + + . . . L P L
POST   /registry/households/:householdId/tags             + . . . + + . . . . . . . . L P L
GET    /registry/totals                                   + + . . + + + + + + + . . . L P L
POST   /registry/persons/:personId/reveal                 + . . . + . . . . . . . . . L P L
GET    /registry/persons/:personId/reveals                + + . . + + + + + + + . . . L P L
POST   /registry/tags/:tagId/end                          + . . . + + . . . . . . . . L P L
POST   /registry/tags/:tagId/verify                       + . . . + . . . . . . . . . L P L
GET    /registry/villages                                 + + . . + + + + + + + . . . L P L
POST   /registry/village-kinds                            + . . . . . . . . . . . . . L P L
POST   /registry/village-kinds/:villageKindId/end         + . . . . . . . . . . . . . L P L
GET    /registry/corrections                              + + . . + + + + + + + . . . L P L
GET    /registry/corrections/counts                       + + . . + + + + + + + . . . L P L
POST   /registry/corrections                              + . . . + + . . . . . . . . L P L
POST   /registry/corrections/:correctionId/decide         + . . . . . . . . . . . . . L P L
GET    /registry/duplicate-search                         + . . . + . . . . . . . . . L P L
POST   /registry/duplicate-search                         + . . . . . . . . . . . . . L P L
GET    /registry/duplicates                               + . . . + . . . . . . . . . L P L
GET    /registry/duplicates/:pairId                       + . . . + . . . . . . . . . L P L
POST   /registry/duplicates/:pairId/decide                + . . . + . . . . . . . . . L P L
GET    /registry/duplicates/:pairId/merge                 + . . . . . . . . . . . . . L P L
POST   /registry/duplicates/:pairId/merge                 + . . . . . . . . . . . . . L P L
GET    /registry/merges                                   + . . . + . . . . . . . . . L P L
POST   /registry/merges/:mergeId/undo                     + . . . . . . . . . . . . . L P L
GET    /registry/household-events                         + + . . + + + + + + + . . . L P L
GET    /registry/household-events/counts                  + + . . + + + + + + + . . . L P L
GET    /registry/household-events/:eventId                + + . . + + + + + + + . . . L P L
POST   /registry/household-events/preview                 + . . . + + . . . . . . . . L P L
POST   /registry/household-events                         + . . . + + . . . . . . . . L P L
POST   /registry/household-events/:eventId/decide         + . . . + . . . . . . . . . L P L
POST   /registry/household-events/:eventId/undo           + . . . + . . . . . . . . . L P L
GET    /registry/national                                 + . . . + . . . . . . . . . L P L
POST   /registry/national/compare                         + . . . . . . . . . . . . . L P L
GET    /registry/national/changes                         + . . . + . . . . . . . . . L P L
GET    /registry/national/changes.xlsx                    + . . . + . . . . . . . . . L P L
POST   /registry/national/changes/:nationalChangeId/mark  + . . . + . . . . . . . . . L P L
POST   /registry/imports                                  + . . . . . . . . . . . . . L P L
GET    /registry/imports                                  + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId                         + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/problems                + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/problems/workbook       + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/differences             + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/apply                   + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/retry                   + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/undo                    + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/discard                 + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/decisions               + . . . . . . . . . . . . . L P L
POST   /registry/imports/paste                            + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/bad-rows                + . . . . . . . . . . . . . L P L
PATCH  /registry/imports/:batchId/rows                    + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/problem-groups          + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/recheck                 + . . . . . . . . . . . . . L P L
PUT    /registry/imports/:batchId/columns                 + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/replacements            + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/replacements/preview    + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/replacements            + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/replacements/:replacementId/remove + . . . . . . . . . . . . . L P L
POST   /registry/imports/:batchId/returned                + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/difference-fields       + . . . . . . . . . . . . . L P L
PUT    /registry/imports/:batchId/choices                 + . . . . . . . . . . . . . L P L
GET    /registry/imports/:batchId/changes                 + . . . . . . . . . . . . . L P L
POST   /screening/runs                                    + . . . . . . . . . . . . . L P L
GET    /screening/runs                                    + + . . . . . . . + + . . . L P L
GET    /screening/runs/:runId                             + + . . . . . . . + + . . . L P L
GET    /screening/runs/:runId/receipts                    + + . . . . . . . + . . . . L P L
POST   /screening/runs/:runId/files                       + . . . . . . . . . . . . . L P L
PUT    /screening/runs/:runId/files/:receiptId/mapping    + . . . . . . . . . . . . . L P L
DELETE /screening/runs/:runId/files/:receiptId            + . . . . . . . . . . . . . L P L
POST   /screening/runs/:runId/start                       + . . . . . . . . . . . . . L P L
POST   /screening/runs/:runId/again                       + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/open-matches                + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/explained-matches           + . . . . . . . . . . . . . L P L
POST   /screening/open-matches/:openMatchId/decide        + . . . . . . . . . . . . . L P L
GET    /screening/list-kinds                              + . . . . . . . . . . . . . L P L
POST   /screening/runs/:runId/files/:receiptId/suggestion + . . . . . . . . . . . . . L P L
GET    /screening/senders                                 + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/repairs                     + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/rested                      + + . . + + . . . + + . . . L P L
POST   /screening/repairs/:repairId/decide                + . . . . . . . . . . . . . L P L
GET    /screening/authorisations                          + + . . + + . . . + + . . . L P L
POST   /screening/authorisations                          + . . . + + . . . . . . . . L P L
POST   /screening/authorisations/:authorisationId/revoke  + . . . + + . . . . . . . . L P L
POST   /screening/authorisations/sheet                    + . . . + + . . . . . . . . L P L
GET    /screening/list-demands                            + + . . . . . . . + . . . . L P L
POST   /screening/list-demands                            + . . . . . . . . . . . . . L P L
GET    /screening/sender-precision                        + + . . + + . . . + + . . . L P L
GET    /screening/limits                                  + + . . . . . . . + . . . . L P L
POST   /screening/limits                                  + . . . . . . . . . . . . . L P L
GET    /screening/leads                                   + + . . + + . . . + + . . . L P L
POST   /screening/leads/search                            + + . . + + . . . + + . . . L P L
GET    /screening/leads/export                            + . . . + + . . . . . . . . L P L
GET    /screening/lead-counts                             + + . . + + . . . + + . . . L P L
GET    /screening/lead-precision                          + + . . + + . . . + + . . . L P L
GET    /screening/leads/:leadId                           + + . . + + . . . + + . . . L P L
POST   /screening/leads/send                              + . . . + . . . . . . . . . L P L
POST   /screening/leads/close                             + . . . + . . . . . . . . . L P L
POST   /screening/leads/:leadId/answer                    + . . . + + . . . . . . . . L P L
POST   /screening/leads/:leadId/return                    + . . . + + . . . . . . . . L P L
GET    /screening/visit-villages                          + . . . + + . . . . . . . . L P L
GET    /screening/visit-list                              + . . . + + . . . . . . . . L P L
GET    /screening/visit-list.xlsx                         + . . . + + . . . . . . . . L P L
GET    /screening/runs/export                             + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/receipts/export             + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/repairs/export              + . . . . . . . . . . . . . L P L
GET    /screening/runs/:runId/rested/export               + . . . + + . . . . . . . . L P L
GET    /screening/authorisations/export                   + . . . + + . . . . . . . . L P L
GET    /screening/lead-precision/export                   + . . . + + . . . . . . . . L P L
GET    /screening/sender-precision/export                 + . . . + + . . . . . . . . L P L
GET    /quality/overview                                  + + . . + + . . . + + . . . L P L
GET    /quality/rules                                     + + . . + + . . . + + . . . L P L
POST   /quality/runs                                      + . . . . . . . . . . . . . L P L
GET    /quality/runs/last                                 + + . . + + . . . + + . . . L P L
GET    /quality/worklist.xlsx                             + . . . + + . . . . . . . . L P L
GET    /quality/findings/export                           + . . . + + . . . . . . . . L P L
GET    /quality/exceptions/export                         + . . . + + . . . . . . . . L P L
GET    /quality/overview/export                           + . . . + + . . . . . . . . L P L
GET    /quality/findings                                  + + . . + + . . . + + . . . L P L
POST   /quality/findings/search                           + + . . + + . . . + + . . . L P L
GET    /quality/finding-counts                            + + . . + + . . . + + . . . L P L
GET    /quality/findings/:findingId                       + + . . + + . . . + + . . . L P L
POST   /quality/findings/send                             + . . . + . . . . . . . . . L P L
POST   /quality/findings/:findingId/answer                + . . . + + . . . . . . . . L P L
POST   /quality/findings/:findingId/mend                  + . . . + + . . . . . . . . L P L
GET    /quality/exceptions                                + + . . + + . . . + + . . . L P L
POST   /quality/exceptions/:exceptionId/decide            + . . . . . . . . . . . . . L P L
GET    /cases/classification-counts                       + + . . + + + + + + + . . . L P L
GET    /cases/classifications                             + + . . + + + + + + + . . . L P L
GET    /cases/classifications/export                      + . . . + + . . . . . . . . L P L
GET    /cases/classifications/:householdId                + + . . + + + + + + + . . . L P L
GET    /cases/meetings                                    + + . . + + . . . + + . . . L P L
GET    /cases/meetings/export                             + . . . + + . . . . . . . . L P L
GET    /cases/meeting-draft                               . . . . + + . . . . . . . . L P L
GET    /cases/meetings/:meetingId                         + + . . + + . . . + + . . . L P L
GET    /cases/meetings-of-case/:caseId                    + + . . + + . . . + + . . . L P L
POST   /cases/meetings                                    . . . . + + . . . . . . . . L P L
POST   /cases/meetings/:meetingId/enter                   . . . . + + . . . . . . . . L P L
POST   /cases/meetings/:meetingId/close                   . . . . + + . . . . . . . . L P L
POST   /cases/meetings/:meetingId/drop                    . . . . + + . . . . . . . . L P L
GET    /cases/notices                                     + + . . + + . . . + + . . . L P L
GET    /cases/notices/export                              + . . . + + . . . . . . . . L P L
GET    /cases/notice-cases                                . . . . + + . . . . . . . . L P L
GET    /cases/notices/:noticeId                           + + . . + + . . . + + . . . L P L
POST   /cases/notices/preview                             . . . . + + . . . . . . . . L P L
POST   /cases/notices                                     . . . . + + . . . . . . . . L P L
PUT    /cases/notices/:noticeId                           . . . . + + . . . . . . . . L P L
POST   /cases/notices/:noticeId/submit                    . . . . + + . . . . . . . . L P L
POST   /cases/notices/:noticeId/return                    + . . . + . . . . . . . . . L P L
POST   /cases/notices/:noticeId/release                   + . . . + . . . . . . . . . L P L
POST   /cases/notices/:noticeId/post                      . . . . + + . . . . . . . . L P L
POST   /cases/notices/:noticeId/withdraw                  + . . . + + . . . . . . . . L P L
POST   /cases/notices/:noticeId/files                     . . . . + + . . . . . . . . L P L
GET    /cases/notices/:noticeId/files/:noticeFileId       + + . . + + . . . + + . . . L P L
GET    /cases/objections                                  + + . . + + . . . + + . . . L P L
GET    /cases/objections/export                           + . . . + + . . . . . . . . L P L
GET    /cases/objections/:objectionId                     + + . . + + . . . + + . . . L P L
POST   /cases/objections                                  + . . . + + . . . . . . . . L P L
POST   /cases/objections/:objectionId/check               + . . . + . . . . . . . . . L P L
POST   /cases/objections/:objectionId/answer              + . . . + . . . . . . . . . L P L
POST   /cases/objections/:objectionId/recheck             + . . . + . . . . . . . . . L P L
GET    /cases/kin/households/:householdId                 + + . . + + . . . + + . . . L P L
POST   /cases/kin/ties                                    + + . . + + . . . . . . . . L P L
POST   /cases/kin/ties/withdraw                           + + . . + + . . . . . . . . L P L
POST   /cases/kin/users                                   + . . . + . . . . . . . . . L P L
GET    /cases/kin/users/:officerId                        0 . . . 0 . . . . . . . . . L P L
POST   /cases/kin/users/:officerId                        0 . . . 0 . . . . . . . . . L P L
POST   /cases/kin/users/:officerId/withdraw               0 . . . 0 . . . . . . . . . L P L
GET    /cases/kin/mine                                    + + . . + + . . . . . . . . L P L
POST   /cases/kin/mine                                    + + . . + + . . . . . . . . L P L
POST   /cases/kin/mine/withdraw                           + + . . + + . . . . . . . . L P L
GET    /indicators/figures                                + + + + + + + + + + + . . . L P L
GET    /indicators/figures/export                         + + . . + + . . . . . . . . L P L
GET    /indicators/figures/:indicatorKey                  + + + + + + + + + + + . . . L P L
GET    /indicators/figures/:indicatorKey/rows             + + . . + + + + + + + . . . L P L
GET    /indicators/figures/:indicatorKey/rows/export      + + . . + + . . . . . . . . L P L
POST   /cases/classification-runs                         + . . . . . . . . . . . . . L P L
GET    /cases/income-sheets/:householdId                  + + . . + + + + + + + . . . L P L
GET    /cases/income-sheets/:householdId/export           + . . . + + . . . . . . . . L P L
POST   /cases/income-sheets/:householdId/lines            + . . . + + . . . . . . . . L P L
POST   /cases/income-sheets/:householdId/take-over        + . . . + + . . . . . . . . L P L
POST   /cases/income-sheets/:householdId/calculations     + . . . + + . . . . . . . . L P L
POST   /cases/income-lines/:incomeLineId/withdraw         + . . . + + . . . . . . . . L P L
GET    /cases/income-calculations/:incomeCalculationId    + + . . + + + + + + + . . . L P L
GET    /cases/files/:caseId/checks                        + + . . + . . . . + + . . . L P L
POST   /cases/files/:caseId/checks                        + . . . + . . . . . . . . . L P L
GET    /cases/check-list                                  + + . . + . . . . + + . . . L P L
GET    /cases/check-list/export                           + . . . . . . . . . . . . . L P L
POST   /cases/check-list/judge                            + . . . + . . . . . . . . . L P L
POST   /cases/check-list                                  + . . . + . . . . . . . . . L P L
POST   /cases/check-list/sheet                            + . . . + . . . . . . . . . L P L
POST   /cases/checks/:caseCheckId/answer                  + . . . + . . . . . . . . . L P L
POST   /cases/checks/:caseCheckId/withdraw                + . . . + . . . . . . . . . L P L
GET    /cases/files/:caseId/exit-gate                     + + . . + + + + + + + . . . L P L
GET    /cases/unstable-eliminations                       + + . . + + + + + + + . . . L P L
GET    /cases/unstable-eliminations/export                + . . . + + . . . . . . . . L P L
GET    /rectification/campaigns                           + + + + + + . . . + + . . . L P L
POST   /rectification/campaigns                           + . . . + . . . . + + . . . L P L
GET    /rectification/problems                            + + + + + + . . . + + . . . L P L
GET    /rectification/problems/export                     + . + + + + . . . + + . . . L P L
GET    /rectification/board                               + + + + + + . . . + + . . . L P L
GET    /rectification/totals                              + + + + + + . . . + + . . . L P L
GET    /rectification/problems/:problemId                 + + + + + + . . . + + . . . L P L
POST   /rectification/samples                             + + . . + . . . . + + . . . L P L
POST   /rectification/problems                            + . . . + . . . . + + . . . L P L
POST   /rectification/problems/from-findings              + . . . + . . . . + + . . . L P L
POST   /rectification/problems/from-leads                 + . . . + . . . . + + . . . L P L
POST   /rectification/acts                                + + + + + + . . . + + . . . L P L
POST   /rectification/problems/:problemId/time            + . + + + + . . . . . . . . L P L
POST   /rectification/extensions/:extensionId/decide      + . . . + . . . . + + . . . L P L
POST   /rectification/problems/:problemId/evidence        + . + + + + . . . . . . . . L P L
GET    /rectification/evidence/:evidenceId                + + + + + + . . . + + . . . L P L
POST   /rectification/evidence/:evidenceId/withdraw       + . + + + + . . . . . . . . L P L
GET    /rectification/letters                             + + + + + + . . . + + . . . L P L
GET    /rectification/letters/export                      + . + + + + . . . + + . . . L P L
GET    /rectification/letters/:letterId                   + + + + + + . . . + + . . . L P L
GET    /rectification/replies/:replyCode                  + + + + + + . . . + + . . . L P L
GET    /rectification/letters/:letterId/paper             + + + + + + . . . + + . . . L P L
POST   /rectification/letters/:letterId/receive           + . + + + + . . . . . . . . L P L
POST   /rectification/letters/:letterId/remind            + . . . + . . . . + + . . . L P L
POST   /rectification/imports                             + . . . + . . . . + + . . . L P L
POST   /rectification/imports/:importId/apply             + . . . + . . . . + + . . . L P L
POST   /rectification/imports/:importId/discard           + . . . + . . . . + + . . . L P L
GET    /rectification/problems/:problemId/alike           + . . . + . . . . + + . . . L P L
POST   /rectification/problems/:problemId/checks          + . . . + . . . . + + . . . L P L
GET    /rectification/same-checks                         + + + + + + . . . + + . . . L P L
GET    /rectification/same-checks/export                  + . + + + + . . . + + . . . L P L
POST   /rectification/same-checks/:sameCheckId/answer     + . + + + + . . . . . . . . L P L
GET    /cases/files                                       + + . . + + + + + + + . . . L P L
GET    /cases/files/export                                + . . . + + . . . . . . . . L P L
GET    /cases/files/:caseId                               + + . . + + + + + + + . . . L P L
GET    /cases/take-over                                   + . . . . . . . . . . . . . L P L
POST   /cases/take-over                                   + . . . . . . . . . . . . . L P L
GET    /cases/of-household/:householdId                   + + . . + + + + + + + . . . L P L
POST   /cases/files                                       + . . . + + . . . . . . . . L P L
POST   /cases/files/:caseId/acts                          + + . . + + . . . . . . . . L P L
POST   /cases/acts                                        + + . . + + . . . . . . . . L P L
POST   /cases/files/:caseId/measures                      + + . . + + . . . . . . . . L P L
POST   /cases/files/:caseId/measures/:caseMeasureId/withdraw + + . . + + . . . . . . . . L P L
GET    /cases/intakes                                     + + . . + + . . . + + . . . L P L
GET    /cases/intake-counts                               + + . . + + . . . + + . . . L P L
GET    /cases/intakes/export                              + . . . + + . . . . . . . . L P L
GET    /cases/intakes/:intakeId                           + + . . + + . . . + + . . . L P L
POST   /cases/intakes/search                              + + . . + + . . . + + . . . L P L
POST   /cases/intakes                                     + . . . + + . . . . . . . . L P L
POST   /cases/intakes/many                                + . . . + + . . . . . . . . L P L
POST   /cases/intakes/:intakeId/acts                      + . . . + + . . . . . . . . L P L
POST   /cases/intakes/acts                                + . . . + + . . . . . . . . L P L
POST   /cases/intakes/:intakeId/show                      + . . . + + . . . . . . . . L P L
GET    /cases/village-codes                               + . . . + + . . . . . . . . L P L
GET    /cases/village-codes/posters                       + . . . + + . . . . . . . . L P L
POST   /cases/village-codes                               + . . . + . . . . . . . . . L P L
POST   /cases/village-codes/replace                       + . . . + . . . . . . . . . L P L
PUT    /cases/village-codes/phone                         + . . . + . . . . . . . . . L P L
POST   /cases/files/:caseId/visits                        + + . . + + . . . . . . . . L P L
GET    /cases/files/:caseId/papers                        + + . . + + . . . + + . . . L P L
GET    /cases/files/:caseId/papers/:paperKind             + + . . + + . . . + + . . . L P L
GET    /cases/files/:caseId/papers/:paperKind/whole       + . . . + . . . . . . . . . L P L
POST   /cases/files/:caseId/papers/:step/:paperKind/pages + . . . + + . . . . . . . . L P L
POST   /cases/files/:caseId/attachments                   + . . . + + . . . . . . . . L P L
GET    /cases/meetings/:meetingId/paper                   + + . . + + . . . + + . . . L P L
GET    /cases/notices/:noticeId/paper                     + + . . + + . . . + + . . . L P L
GET    /cases/objections/:objectionId/paper               + + . . + + . . . + + . . . L P L
POST   /cases/meetings/:meetingId/attachments             + . . . + + . . . . . . . . L P L
GET    /cases/attachments/:attachmentId                   + + . . + + . . . + + . . . L P L
POST   /cases/attachments/:attachmentId/withdraw          + . . . + + . . . . . . . . L P L
GET    /cases/paper-templates                             + . . . . . . . . . . . . . L P L
GET    /cases/paper-templates/:paperKind                  + . . . . . . . . . . . . . L P L
POST   /cases/paper-templates/:paperKind                  + . . . . . . . . . . . . . L P L
POST   /cases/paper-templates/:paperKind/drop             + . . . . . . . . . . . . . L P L
GET    /cases/clocks                                      + + . . + + + + + + + . . . L P L
GET    /cases/clocks/export                               + . . . + + . . . . . . . . L P L
GET    /cases/clocks/reminders                            + + . . + + + + + + + . . . L P L
GET    /cases/clocks/forecast                             + + . . + + + + + + + . . . L P L
GET    /cases/files/:caseId/clocks                        + + . . + + + + + + + . . . L P L
GET    /ledgers/books                                     + + + + + + + + + + + . . . L P L
GET    /ledgers/books/:templateKey                        + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/search                 + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/counts                 + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/statistics             + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/board                  + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/calendar               + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/export                 + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/print                  + + 0 0 + + + + + + + . . . L P L
GET    /ledgers/books/:templateKey/choose                 + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/records                + . 0 0 + + + + + . . . . . L P L
GET    /ledgers/books/:templateKey/records/:recordId      + + 0 0 + + + + + + + . . . L P L
PATCH  /ledgers/books/:templateKey/records/:recordId      + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/move + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/remove + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/restore + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/reveal + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/print + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/fields/:fieldKey/files + . 0 0 + + + + + . . . . . L P L
GET    /ledgers/books/:templateKey/records/:recordId/files/:recordFileId + + 0 0 + + + + + + + . . . L P L
POST   /ledgers/books/:templateKey/records/:recordId/files/:recordFileId/remove + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/change-many            + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/move-many              + . 0 0 + + + + + . . . . . L P L
POST   /ledgers/books/:templateKey/sample                 + . 0 0 + + + + + . . . . . L P L
GET    /ledgers/books/:templateKey/import-file            + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/imports                + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/paste                  + . 0 0 + . . . . . . . . . L P L
GET    /ledgers/books/:templateKey/imports                + . 0 0 + . . . . . . . . . L P L
GET    /ledgers/books/:templateKey/imports/:importId      + . 0 0 + . . . . . . . . . L P L
GET    /ledgers/books/:templateKey/imports/:importId/rows + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/imports/:importId/map  + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/imports/:importId/apply + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/imports/:importId/undo + . 0 0 + . . . . . . . . . L P L
POST   /ledgers/books/:templateKey/imports/:importId/discard + . 0 0 + . . . . . . . . . L P L
GET    /ledgers/linked                                    + + + + + + + + + + + . . . L P L
GET    /ledgers/templates                                 + + + + + . . . . . . . . . L P L
GET    /ledgers/templates/:templateKey                    + + + + + . . . . . . . . . L P L
GET    /ledgers/templates/:templateKey/file               + + + + + . . . . . . . . . L P L
POST   /ledgers/templates/check                           + . . . . . . . . . . . . . L P L
POST   /ledgers/templates/file                            + . . . . . . . . . . . . . L P L
PUT    /ledgers/templates/:draftKey/draft                 + . . . . . . . . . . . . . L P L
POST   /ledgers/templates/:templateKey/draft/discard      + . . . . . . . . . . . . . L P L
POST   /ledgers/templates/:templateKey/publish            + . . . . . . . . . . . . . L P L
POST   /ledgers/templates/:templateKey/withdraw           + . . . . . . . . . . . . . L P L
POST   /ledgers/templates/:templateKey/migration/preview  + . . . . . . . . . . . . . L P L
POST   /ledgers/templates/:templateKey/migration          + . . . . . . . . . . . . . L P L
GET    /ledgers/templates/:templateKey/migrations         + . . . . . . . . . . . . . L P L
GET    /surveys/campaigns                                 + + . . + + . . . + + . . . L P L
GET    /surveys/campaigns/export                          + . . . + . . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId                     + + . . + + . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/targets             + + . . + + . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/targets/export      + . . . + . . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/problems            + + . . + + . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/problems/export     + . . . + . . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/progress            + + . . + + . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/progress/export     + . . . + . . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/difference          + + . . + + . . . + + . . . L P L
GET    /surveys/campaigns/:campaignId/callers             + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns                                 + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns/:campaignId/preview             + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns/:campaignId/freeze              + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns/:campaignId/move                + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns/:campaignId/share               + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns/:campaignId/assign              + . . . + . . . . . . . . . L P L
POST   /surveys/campaigns/:campaignId/answers             + . + + + + . . . . . . . . L P L
GET    /surveys/population-filters                        + + . . + + . . . + + . . . L P L
GET    /surveys/forms                                     + + . . + + . . . + + . . . L P L
GET    /surveys/form-ground                               + + . . + + . . . + + . . . L P L
GET    /surveys/forms/:formKey                            + + . . + + . . . + + . . . L P L
POST   /surveys/forms                                     + . . . . . . . . . . . . . L P L
GET    /surveys/mine                                      + . + + + + . . . . . . . . L P L
GET    /surveys/mine/export                               + . + + + + . . . . . . . . L P L
GET    /surveys/targets/:targetId                         + . + + + + . . . . . . . . L P L
POST   /surveys/targets/:targetId/phone                   + . + + + + . . . . . . . . L P L
POST   /surveys/targets/:targetId/finish                  + . + + + + . . . . . . . . L P L
POST   /surveys/targets/:targetId/correct                 + . + + + + . . . . . . . . L P L
POST   /surveys/targets/:targetId/take-up                 + . + + + + . . . . . . . . L P L
POST   /surveys/answers/sheet                             + . + + + + . . . . . . . . L P L
GET    /surveys/households/:householdId                   + + . . + + . . . + + . . . L P L
GET    /surveys/quizzes                                   + + . . + + . . . + + . . . L P L
GET    /surveys/quizzes/export                            + . . . + . . . . + + . . . L P L
GET    /surveys/quizzes/:quizId                           + + . . + + . . . + + . . . L P L
GET    /surveys/quizzes/:quizId/results/export            + . . . + . . . . + + . . . L P L
POST   /surveys/quizzes                                   + . . . + . . . . . . . . . L P L
POST   /surveys/quizzes/:quizId/ask                       + . . . + . . . . . . . . . L P L
POST   /surveys/quizzes/:quizId/judge                     + . . . + . . . . . . . . . L P L
POST   /surveys/quizzes/:quizId/close                     + . . . + . . . . . . . . . L P L
POST   /surveys/quizzes/:quizId/retake                    + . . . + . . . . . . . . . L P L
GET    /surveys/quiz-questions                            + + . . + + . . . + + . . . L P L
POST   /surveys/quiz-questions                            + . . . + . . . . . . . . . L P L
POST   /surveys/quiz-questions/:quizQuestionId/end        + . . . + . . . . . . . . . L P L
GET    /policies                                          + + + + + + . . . + + . . . L P L
GET    /policies/calendar                                 + + + + + + . . . + + . . . L P L
POST   /policies/calendar                                 + . . . . . . . . . . . . . L P L
GET    /policies/facts                                    + + + + + + . . . + + . . . L P L
GET    /policies/:policyKey                               + + + + + + . . . + + . . . L P L
POST   /policies/:policyKey/simulate                      + + . . . . . . . . . . . . L P L
POST   /policies/:policyKey/simulate/names                + + . . . . . . . . . . . . L P L
GET    /policies/households/:householdId/why              + + . . + + + + + + + . . . L P L
GET    /policies/:policyKey/versions                      + + + + + + . . . + + . . . L P L
GET    /policies/differences                              + + + + + + . . . + + . . . L P L
POST   /policies/:policyKey/check                         + . . . . . . . . . . . . . L P L
POST   /policies/:policyKey/drafts                        + . . . . . . . . . . . . . L P L
PUT    /policies/versions/:versionId                      + . . . . . . . . . . . . . L P L
POST   /policies/versions/:versionId/roll-back            + . . . . . . . . . . . . . L P L
POST   /policies/versions/:versionId/submit               + . . . . . . . . . . . . . L P L
POST   /policies/versions/:versionId/discard              + . . . . . . . . . . . . . L P L
POST   /policies/versions/:versionId/return               + + . . . . . . . . . . . . L P L
POST   /policies/versions/:versionId/publish              + + . . . . . . . . . . . . L P L
`

/** What a call comes to: let in, refused, without a login, before the password is changed, or told that nothing is there. */
export type Outcome = 'in' | 'refused' | 'login' | 'password' | 'hidden' | 'fault'
const outcomes: Readonly<Record<string, Outcome>> = { '+': 'in', '.': 'refused', L: 'login', P: 'password', 0: 'hidden' }

/** Route (`GET /identity/me`) → caller → outcome at the door. */
export const expected: ReadonlyMap<string, Readonly<Record<CallerKey, Outcome>>> = readTable()

function readTable() {
  const [, head = '', ...lines] = table.split('\n').filter((line, at) => at === 0 || line.trim() !== '')
  const columns = head.trim().split(' ')
  if (columns.join() !== callerKeys.join()) throw new Error('the columns of the table are not the callers')
  return new Map(
    lines.map((line) => {
      const [method = '', path = '', ...cells] = line.trim().split(/ +/)
      if (cells.length !== columns.length) throw new Error(`the row of ${path} has not ${columns.length} cells`)
      const row = cells.map((cell, at) => [columns[at], outcomes[cell] ?? 'fault'])
      // Safe: the columns were compared with the callers above.
      return [`${method} ${path}`, Object.fromEntries(row) as Record<CallerKey, Outcome>] as const
    }),
  )
}

/** Routes whose purpose is to show a whole number: the reveal with its reason, and the sender's own file given back with remarks. */
export const showsWholeNumbers: ReadonlySet<string> = new Set([
  'POST /registry/persons/:personId/reveal',
  'POST /surveys/targets/:targetId/phone',
  'POST /ledgers/books/:templateKey/records/:recordId/reveal',
  'POST /cases/intakes/:intakeId/show',
  'GET /registry/persons/export-whole',
  'GET /cases/check-list/export',
  'GET /cases/files/:caseId/papers/:paperKind/whole',
  'GET /registry/imports/:batchId/problems/workbook',
  'POST /identity/users/sheet',
])
