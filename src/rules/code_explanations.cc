#include "rules/code_explanations.h"

#include <array>
#include <utility>
#include <vector>

namespace suar::rules {
namespace {

constexpr auto kExplanations = std::to_array<CodeExplanation>({
    {Code::kNotText,
     "A byte that is no text would be read as another letter on another machine, and a control character "
     "does not show "
     "in an editor. Save the file as UTF-8.",
     "", ""},
    {Code::kFileTooLarge,
     "A rule file is written by people. One this large was made by a program or holds data, and data belong "
     "into the "
     "reference directory. Split it into several files; they are one rule set all the same.",
     "", ""},
    {Code::kYamlSyntax,
     "YAML breaks off here, so nothing after it is read. Often an expression holds a sign that means "
     "something to "
     "YAML: `: `, ` #`, or `!`, `[`, `{`, `&`, `*` at its beginning. Put it between single quotes, or on "
     "lines of its "
     "own after `>-`.",
     R"y(events: direction == "in" ? amount >= IDR 1_000_000 : false)y",
     R"y(events: 'direction == "in" ? amount >= IDR 1_000_000 : false')y"},
    {Code::kYamlFeature,
     "With anchors and aliases a short file can stand for an endless one, and a reader has to jump about in "
     "it. "
     "Macros give an expression a name that says what it means.",
     "macros:\n  large: &x amount >= IDR 1_000_000\n  huge: *x",
     "macros: {large: amount >= IDR 1_000_000}\n---\nevents: large"},
    {Code::kTooDeep,
     "Nobody can read aloud what is nested more than 100 deep. Give the inner parts names, as lets or "
     "macros.",
     "", ""},
    {Code::kUnknownDocument,
     "The first key of a document tells what it is. Were an unknown one passed over, a misspelt rule would "
     "be missing "
     "and nobody would know.",
     "---\nrules: example\nversion: 1", "rule: example\nversion: 1"},
    {Code::kUnknownKey,
     "A key that is passed over is a rule that does not do what its author wrote. So a misspelling is an "
     "error, and "
     "notes for people have keys of their own: author, approver, owner, tags, notes.",
     "treshold: 3", "notes: the threshold is a starting value"},
    {Code::kDuplicateKey, "YAML would take one of them, and which one differs from program to program.",
     "when: count() over 7d >= 3\nwhen: count() over 14d >= 5", "when: count() over 14d >= 5"},
    {Code::kMissingKey,
     "Without it the rule or its alert would be incomplete. Titles and narratives are written in both "
     "languages, for "
     "the analyst may read either.",
     "title: {en: Many payers}", "title: {en: Many payers, id: Banyak pembayar}"},
    {Code::kWrongShape, "A list stands between brackets, a map between braces or on indented lines.",
     "crimes: bribery", "crimes: [bribery]"},
    {Code::kBadValue, "The value has a form or a range that this one is outside of.", "version: 1.2",
     "version: 2"},
    {Code::kUnknownWord, "These words are fixed, since other programs read them in alerts.", "watch: acount",
     "watch: account"},
    {Code::kBadName,
     "Names are read in alerts, metrics and other rules, so they are written in one way: a letter first, "
     "lower-case "
     "letters and digits, hyphens in ids and underscores in names.",
     "let: {Payers: distinct(other) over 14d}", "let: {payers: distinct(other) over 14d}\nwhen: payers >= 3"},
    {Code::kNameTwice,
     "Lets, params, macros, lists and fields share one namespace, so that a name means one thing wherever it "
     "is read.",
     "let: {amount: count() over 7d}", "let: {credits: count() over 7d}\nwhen: credits >= 3"},
    {Code::kBadCharacter,
     "The expression cannot be cut into words from here on. Often a quotation mark is missing.",
     R"y(events: purpose_code == "SALA && amount >= IDR 1_000_000)y",
     R"y(events: purpose_code == "SALA" && amount >= IDR 1_000_000)y"},
    {Code::kBadSyntax,
     "The words do not make an expression. `and`, `or`, `not` are written &&, ||, !; equality is ==; "
     "comparisons do not "
     "chain.",
     "when: count() over 7d = 3", "when: count() over 7d == 3"},
    {Code::kBadLiteral,
     "Durations are 90s, 30m, 12h, 14d, 2w; money is a currency and an amount with no more decimals than the "
     "currency "
     "has.",
     "when: count() over 14days >= 3", "when: count() over 14d >= 3"},
    {Code::kTooManyNodes,
     "Macros that use macros can grow beyond measure: every event would pay for it. Cut the rule into "
     "several that ask "
     "for one another's signals.",
     "", ""},
    {Code::kBadTemplate,
     "In a narrative an expression stands between braces; a brace itself is written twice. Half a brace "
     "would put the "
     "expression's text, not its value, into the alert.",
     R"y(raise: {severity: low, because: {en: "{count() over 7d payments", id: "Pembayaran"}})y",
     R"y(raise: {severity: low, because: {en: "{count() over 7d} payments", id: "{count() over 7d} pembayaran"}})y"},
    {Code::kUnknownName,
     "A name is a field, a let, a param, a macro or a list. A misspelt one that was absent would make its "
     "condition "
     "silently false.",
     "events: amuont >= IDR 1_000_000", "events: amount >= IDR 1_000_000"},
    {Code::kUnknownMember, "The value has no such part, so the condition could never hold.",
     "events: self.agee >= 60 && amount >= IDR 1_000_000",
     "events: self.age >= 60 && amount >= IDR 1_000_000"},
    {Code::kUnknownFunction, "There is no function or method of that name.",
     "events: kinn(self, other) && amount >= IDR 1_000_000",
     "events: kin(self, other) && amount >= IDR 1_000_000"},
    {Code::kWrongArgumentCount, "The function takes more or fewer arguments.",
     "when: count(amount) over 7d >= 3", "when: count() over 7d >= 3"},
    {Code::kNotConstant,
     "What stands here is prepared once, when the rules are loaded, so it cannot depend on the event.",
     "events: remittance_info.contains(merchant_name) && amount >= IDR 1_000_000",
     R"y(events: remittance_info.contains("visa") && amount >= IDR 1_000_000)y"},
    {Code::kWrongType,
     "The value is of another kind than belongs here: texts, for example, are equal or not, but none is "
     "greater.",
     R"y(events: channel > "atm" && amount >= IDR 1_000_000)y",
     R"y(events: channel == "atm" && amount >= IDR 1_000_000)y"},
    {Code::kWrongUnit,
     "Nothing converts by itself: 1000000 of what? A sum of money compared with a number, or with another "
     "currency, is "
     "the kind of mistake that costs a threshold its meaning.",
     "events: amount >= 1_000_000", "events: amount >= IDR 1_000_000"},
    {Code::kImpossibleWord,
     "The field holds one of a fixed list of words. Compared with another, it is never equal.",
     R"y(events: channel == "atmm" && amount >= IDR 1_000_000)y",
     R"y(events: channel == "atm" && amount >= IDR 1_000_000)y"},
    {Code::kBadRegex, "Regular expressions are RE2's, which never take long; this is none of them.",
     R"y(events: remittance_info.matches("(visa") && amount >= IDR 1_000_000)y",
     R"y(events: remittance_info.matches("(visa|paspor)") && amount >= IDR 1_000_000)y"},
    {Code::kWrongArgument, "The function knows this argument's values by name, and this is none of them.",
     R"y(events: event_time.getHours("Jakarta") < 6 && amount >= IDR 1_000_000)y",
     R"y(events: event_time.getHours("WIB") < 6 && amount >= IDR 1_000_000)y"},
    {Code::kUnknownSignal,
     "The signal's rule has to stand in the same set, and a value has to be one that its raise.signal names. "
     "Otherwise "
     "the rule would wait for ever.",
     R"y(events: signal("fees"))y", "rule: fees\n---\nevents: signal(\"fees\")"},
    {Code::kSignalNotAskedFor,
     "A rule sees the signals that its `events` ask for, and no others: its windows keep nothing else.",
     "rule: fees\n---\nwhen: signal(\"fees\") && count() over 7d >= 3",
     "rule: fees\n---\nevents: signal(\"fees\")"},
    {Code::kSignalCycle, "Rules run after those whose signals they ask for. In a circle there is no first.",
     "rule: fees\nevents: signal(\"example\")\n---\nevents: signal(\"fees\")",
     "rule: fees\n---\nevents: signal(\"fees\")"},
    {Code::kWindowMisplaced,
     "`events`, `trigger` and the conditions inside a window see one event. Counting over a window belongs "
     "into `let` "
     "or `when`; an aggregate needs its `over`.",
     "events: count() over 7d >= 3", "events: amount >= IDR 1_000_000\nwhen: count() over 7d >= 3"},
    {Code::kLetMisplaced,
     "A let may use the lets above it, so that a rule is read from top to bottom; `events` and windows know "
     "none.",
     "let:\n  twice: 2 * payers\n  payers: distinct(other) over 14d\nwhen: twice >= 8",
     "let:\n  payers: distinct(other) over 14d\n  twice: 2 * payers\nwhen: twice >= 8"},
    {Code::kBadWindow,
     "A window has a beginning and an end, at most 10 years apart: what is kept for it is bounded. "
     "Aggregates over days "
     "need whole days.",
     "when: count() over 0d >= 3", "when: count() over 7d >= 3"},
    {Code::kNoSides,
     "A device, merchant, place, corridor or pair is on neither side of a payment. Name the debtor or the "
     "creditor.",
     "watch: device\nevents: self.official && amount >= IDR 1_000_000",
     "watch: device\nevents: debtor.official && amount >= IDR 1_000_000"},
    {Code::kMacroCycle, "A macro means what its text would mean in its place; this one would never end.",
     "macros: {large: huge || amount >= IDR 1_000_000, huge: large && amount >= IDR 9_000_000}\n---\nevents: "
     "large",
     "macros: {large: amount >= IDR 1_000_000}\n---\nevents: large"},
    {Code::kFairness,
     "Nationality, country, the kind of payment or its direction must not be all that stands between a "
     "person and an "
     "alert: a remittance of a migrant is no suspicion. Ask for behaviour.",
     "events: other.nationality == \"BD\"\nwhen: count() over 7d >= 1",
     "events: amount >= IDR 1_000_000\nwhen: distinct(other) over 14d >= 8"},
    {Code::kBadSequence,
     "The steps of a sequence follow one another, each within a time of one before it; `unless` needs the "
     "time "
     "within which a thing must not happen. Otherwise there is no end to what would have to be remembered.",
     "events: amount > IDR 1\nsequence: {came: direction == \"in\", went: direction == \"out\"}",
     "events: amount > IDR 1\nsequence: {came: direction == \"in\", went: direction == \"out\" within 2d}"},
    {Code::kBandGap,
     "What lies in no band would have no severity. A band reaches up to where the next begins, and the last "
     "one "
     "has no end, so `to` is seldom needed.",
     "let: {payers: distinct(other) over 14d}\nwhen: payers >= 8\nraise:\n  by: payers\n  bands:\n"
     "    - {from: 8, to: 12, severity: medium}\n    - {from: 15, severity: high}\n"
     "  because: {en: Example, id: Contoh}",
     "let: {payers: distinct(other) over 14d}\nwhen: payers >= 8\nraise:\n  by: payers\n  bands:\n"
     "    - {from: 8, severity: medium}\n    - {from: 15, severity: high}\n"
     "  because: {en: Example, id: Contoh}"},
    {Code::kBandOverlap,
     "What lies in two bands would have two severities. Bands stand from the lowest to the highest, each up "
     "to "
     "where the next begins.",
     "let: {payers: distinct(other) over 14d}\nwhen: payers >= 8\nraise:\n  by: payers\n  bands:\n"
     "    - {from: 15, severity: high}\n    - {from: 8, severity: medium}\n"
     "  because: {en: Example, id: Contoh}",
     "let: {payers: distinct(other) over 14d}\nwhen: payers >= 8\nraise:\n  by: payers\n  bands:\n"
     "    - {from: 8, severity: medium}\n    - {from: 15, severity: high}\n"
     "  because: {en: Example, id: Contoh}"},
    {Code::kNeverReached,
     "All terms and modifiers together give fewer points than the threshold asks for, so the rule would be "
     "silent for ever.",
     "weigh:\n  terms:\n    fan_in: {value: distinct(other) over 14d >= 8, weight: 40}\n  threshold: 50",
     "weigh:\n  terms:\n    fan_in: {value: distinct(other) over 14d >= 8, weight: 40}\n  threshold: 40"},
    {Code::kUnknownRule,
     "An override or a suppression that meets no rule would change nothing, and whoever wrote it would "
     "believe "
     "that it does.",
     "override: exampel\nreason: Reviewed in March\nseverity: medium\n---\nrule: example",
     "override: example\nreason: Reviewed in March\nseverity: medium\n---\nrule: example"},
    {Code::kFourEyes, "Four eyes: whoever keeps a rule quiet about somebody needs another person who agrees.",
     "suppressions:\n  - {rule: example, subject: 'account:123', until: 2030-01-31, reason: The case is "
     "open,\n"
     "     author: A. Wijaya, approver: A. Wijaya}\n---\nrule: example",
     "suppressions:\n  - {rule: example, subject: 'account:123', until: 2030-01-31, reason: The case is "
     "open,\n"
     "     author: A. Wijaya, approver: B. Lestari}\n---\nrule: example"},
    {Code::kUnused,
     "It costs the reader time, and often the condition that was to use it uses another by mistake.",
     "let: {payers: distinct(other) over 14d}\nwhen: count() over 7d >= 3",
     "let: {payers: distinct(other) over 14d}\nwhen: payers >= 3"},
    {Code::kUnknownList,
     "A list that does not exist counts as empty, so the condition is never true. Told only where "
     "--reference names the "
     "data.",
     R"y(events: listed("hubz", other) && amount >= IDR 1_000_000)y",
     R"y(events: listed("hubs", other) && amount >= IDR 1_000_000)y"},
    {Code::kUnknownCorridor,
     "A corridor that does not exist has no fee bands, so the condition is never true. Told only where "
     "--reference "
     "names the data.",
     R"y(events: in_fee_band("sunda-strai") && amount >= IDR 1_000_000)y",
     R"y(events: in_fee_band("sunda-strait") && amount >= IDR 1_000_000)y"},
    {Code::kNoLookAlikes,
     "Every pattern has innocent look-alikes: rent, a savings club, a family. The analyst is shown them with "
     "each "
     "alert, and an author who cannot name one has not looked for it.",
     "---\nrule: example\nversion: 1\ntitle: {en: Example, id: Contoh}\ncrimes: [bribery]\nwatch: account\n"
     "events: amount >= IDR 1_000_000\nwhen: count() over 7d >= 3\n"
     "raise: {severity: low, because: {en: Example, id: Contoh}}",
     "look_alikes: [rent, a savings club]"},
    {Code::kNeverTrue, "The condition cannot hold, so the rule, or a part of it, never fires.",
     "events: amount in IDR 5_000_000 .. IDR 1_000_000", "events: amount in IDR 1_000_000 .. IDR 5_000_000"},
    {Code::kDoubtfulWord, "The field takes any word, but this one is a letter away from one that is usual.",
     R"y(events: self.segment == "studnet" && amount >= IDR 1_000_000)y",
     R"y(events: self.segment == "student" && amount >= IDR 1_000_000)y"},
    {Code::kAbsentNegated,
     "A comparison with what is absent is false, so its negation is true: !(self.age < 18) holds also for "
     "those whose "
     "age nobody knows. Turn the comparison, or ask has(...) first.",
     "events: '!(self.age < 18) && amount >= IDR 1_000_000'",
     "events: self.age >= 18 && amount >= IDR 1_000_000"},
    {Code::kSelfApproved,
     "Four eyes: a rule decides whom the bank looks at, so somebody else than its author approves it.",
     "author: A. Wijaya\napprover: A. Wijaya", "author: A. Wijaya\napprover: B. Lestari"},
    {Code::kUngoverned,
     "An inventory of rules that an auditor accepts says of each who wrote it, who approved it, what it "
     "looks for, on "
     "which ground, and what the analyst should do. Told only with --governance.",
     "author: A. Wijaya\napprover: B. Lestari",
     "author: A. Wijaya\napprover: B. Lestari\nbasis: [PPATK BBB008]\n"
     "description: {en: Many pay one account., id: Banyak yang membayar satu rekening.}\n"
     "raise:\n  severity: low\n  because: {en: Example, id: Contoh}\n  recommended_action: Look at the "
     "payers."},
    {Code::kShadowSignal,
     "Nothing of a rule in shadow mode reaches live rules, so that trying it changes no live alert: this "
     "rule "
     "would wait for a signal that never comes.",
     "rule: fees\nmode: shadow\n---\nevents: signal(\"fees\")",
     "rule: fees\nmode: shadow\n---\nmode: shadow\nevents: signal(\"fees\")"},
    {Code::kAlwaysTrue,
     "No value lies elsewhere, so the condition decides nothing; perhaps another value or another threshold "
     "is "
     "meant.",
     "when: count() over 7d >= 0", "when: count() over 7d >= 3"},
    {Code::kUnheard,
     "A silent rule works through its signal alone, and marks are signals, too. Where nobody asks for them, "
     "they are work for nothing; perhaps the rule that was to ask is missing.",
     "rule: fees\nraise: {silent: true}", "rule: fees\nraise: {silent: true}\n---\nevents: signal(\"fees\")"},
    {Code::kNoEffect,
     "The key works together with another one that is not there, so it changes nothing: a `step` needs a "
     "quiet "
     "period, and a score that can grow.",
     "let: {payers: distinct(other) over 14d}\n"
     "raise: {severity: low, score: 5 * payers, step: 20, because: {en: Example, id: Contoh}}",
     "let: {payers: distinct(other) over 14d}\n"
     "raise: {severity: low, score: 5 * payers, step: 20, quiet: 7d, because: {en: Example, id: Contoh}}"},
    {Code::kExpired,
     "The rule raises alerts on the subject again. Taken out, the suppression no longer looks as if it held.",
     "suppressions:\n  - {rule: example, subject: 'account:123', until: 2020-01-31, reason: The case is "
     "open,\n"
     "     author: A. Wijaya, approver: B. Lestari}\n---\nrule: example",
     "suppressions:\n  - {rule: example, subject: 'account:123', until: 2030-01-31, reason: The case is "
     "open,\n"
     "     author: A. Wijaya, approver: B. Lestari}\n---\nrule: example"},
    {Code::kUnknownFigure,
     "A figure that does not exist is absent, so the condition is never true. Told only where --reference "
     "names "
     "the data.",
     R"y(when: sum(amount) over 30d >= 5 * peer("monthly_inn", IDR))y",
     R"y(when: sum(amount) over 30d >= 5 * peer("monthly_in", IDR))y"},
});

// What a piece does not state.
constexpr auto kBase = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"rule", "example"},
    {"version", "1"},
    {"title", "{en: Example, id: Contoh}"},
    {"crimes", "[bribery]"},
    {"look_alikes", "[rent]"},
    {"watch", "account"},
    {"events", "amount >= IDR 1_000_000"},
    {"when", "count() over 7d >= 3"},
    {"raise", "{severity: low, because: {en: Example, id: Contoh}}"},
});

bool states(std::string_view document, std::string_view key) {
  const std::string line = "\n" + std::string(key) + ":";
  return document.starts_with(line.substr(1)) || document.find(line) != std::string_view::npos;
}

std::string completed(std::string_view document) {
  for (const std::string_view kind : {"macros", "lists", "pack", "suppressions", "override"}) {
    if (document.starts_with(std::string(kind) + ":")) return std::string(document) + "\n";
  }
  std::string file;
  if (!states(document, "rule")) file = "rule: example\n";
  file += std::string(document) + "\n";
  for (const auto& [key, value] : kBase) {
    if (key != "rule" && !states(document, key)) file += std::string(key) + ": " + std::string(value) + "\n";
  }
  return file;
}

}  // namespace

std::span<const CodeExplanation> code_explanations() {
  return kExplanations;
}

std::string example_file(std::string_view piece) {
  constexpr std::string_view kBreak = "\n---\n";
  if (piece.starts_with("---")) return std::string(piece) + "\n";
  std::string file;
  for (;;) {
    const std::size_t end = piece.find(kBreak);
    file += completed(piece.substr(0, end));
    if (end == std::string_view::npos) return file;
    file += "---\n";
    piece.remove_prefix(end + kBreak.size());
  }
}

}  // namespace suar::rules
