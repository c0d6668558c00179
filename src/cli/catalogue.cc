#include "cli/catalogue.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/document.h"
#include "cli/engine_inputs.h"
#include "cli/grading_words.h"
#include "cli/output_file.h"
#include "cli/rule_words.h"
#include "rules/source_text.h"

namespace suar::cli {
namespace {

int refuse(std::string_view why) {
  fmt::print(stderr, "suar rules: {}\n", why);
  return 2;
}

// "the payment comes in" -> "The payment comes in"
std::string capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 32);
  return text;
}

class Catalogue {
 public:
  Catalogue(const rules::RuleSet& rules, const std::vector<rules::File>& files, Document& out,
            alert::Language language)
      : rules_(rules), files_(files), out_(out), language_(language) {}

  static std::string title(alert::Language language) {
    return language == alert::Language::kEnglish ? "Catalogue of rules" : "Katalog aturan";
  }

  void write() {
    out_.heading(1, title(language_));
    out_.paragraph(pick(
        "Each rule watches one kind of entity and raises an alert when what it looks for happens. An alert "
        "states facts "
        "for an analyst to weigh; it says nothing of guilt and blocks nothing.",
        "Setiap aturan mengawasi satu jenis entitas dan menerbitkan peringatan bila yang dicarinya terjadi. "
        "Peringatan "
        "menyatakan fakta untuk dinilai analis; ia tidak menyatakan kesalahan dan tidak memblokir apa pun."));
    out_.paragraph(
        fmt::format("{} {}{} · {}", rules_.rules.size(), pick("rules", "aturan"),
                    rules_.version.empty() ? "" : " · " + pick("version ", "versi ") + rules_.version,
                    pick("hash ", "hash ") + rules_.hash));
    // In the order of the files, as their authors put them.
    std::vector<const rules::Rule*> order;
    for (const rules::Rule& rule : rules_.rules) order.push_back(&rule);
    std::ranges::stable_sort(order, {},
                             [](const rules::Rule* rule) { return std::pair(rule->at.file, rule->at.line); });
    std::vector<std::pair<std::string, std::string>> contents;
    for (const rules::Rule* rule : order) contents.emplace_back(rule->id, text(rule->title));
    out_.links(contents);
    for (const rules::Rule* rule : order) write(*rule);
  }

 private:
  [[nodiscard]] std::string pick(std::string_view en, std::string_view id) const {
    return std::string(language_ == alert::Language::kEnglish ? en : id);
  }
  [[nodiscard]] std::string text(const rules::Bilingual& both) const { return pick(both.en, both.id); }

  void section(std::string_view en, std::string_view id) { out_.heading(3, pick(en, id)); }

  void write(const rules::Rule& rule) {
    // Names every member, so that a new one stops the compiler here: what does the document say of it?
    [[maybe_unused]] const auto& [id, version, title, description, crimes, offence_codes, indicator_codes,
                                  basis, look_alikes, watch, mode, named_params, named_lets, windows, steps,
                                  bound, events, trigger, when, unless, weighed, exceptions, raise, asks,
                                  marks, sequence_reach, longest_window, at] = rule;
    const RuleWords words(rule, files_, language_);
    out_.new_page();
    out_.heading(2, text(rule.title), rule.id);
    badges(rule, words);
    if (!text(rule.description).empty()) out_.paragraph(text(rule.description));
    section("What it looks at", "Yang diperhatikan");
    out_.paragraph(
        fmt::format("{} {}{}", pick("It watches each", "Aturan ini mengawasi setiap"), words.watched(),
                    pick(" and looks at transactions for which:", " dan memperhatikan transaksi yang:")));
    conditions(*rule.events, words);
    if (rule.trigger) {
      out_.paragraph(
          pick("It is asked only at those for which:", "Aturan dinilai hanya pada transaksi yang:"));
      conditions(*rule.trigger, words);
    }
    sequence(rule, words);
    section(rule.raise.silent ? "When it hits" : "When it raises an alert",
            rule.raise.silent ? "Kapan aturan mengena" : "Kapan peringatan terbit");
    out_.paragraph(pick("When all of this holds:", "Bila semua ini terpenuhi:"));
    conditions(*rule.when, words);
    if (rule.unless) {
      out_.paragraph(pick("Unless this happens within ", "Kecuali ini terjadi dalam ") +
                     in_words(rule.unless->within) + ":");
      conditions(*rule.unless->condition, words);
    }
    if (!rule.exceptions.empty()) {
      out_.paragraph(pick("Except where one of these holds:", "Kecuali bila salah satu ini berlaku:"));
      out_.list(exception_items(rule, words));
    }
    lets(rule, words);
    weighing(rule, words);
    params(rule);
    grading(rule, words);
    consequence(rule, words);
    texts("It may be confused with", "Dapat tertukar dengan", rule.look_alikes);
    if (!rule.raise.recommended_action.empty()) {
      section("What to do on an alert", "Yang dilakukan bila ada peringatan");
      out_.paragraph(rule.raise.recommended_action);
    }
    texts("Where the pattern is described", "Sumber pola", rule.basis);
    about(rule);
  }

  void sequence(const rules::Rule& rule, const RuleWords& words) {
    if (rule.steps.empty()) return;
    section("In this order", "Dengan urutan ini");
    std::vector<std::string> items;
    for (const rules::Step& step : rule.steps) {
      std::string item = step.name + ": " + words.phrase(*step.condition);
      if (step.of >= 0) {
        item += pick(", within ", ", dalam ") + in_words(step.within) + pick(" of ", " dari ") +
                rule.steps[static_cast<std::size_t>(step.of)].name;
      }
      items.push_back(std::move(item));
    }
    out_.list(items);
  }

  [[nodiscard]] std::string in_words(event::Duration duration) const {
    engine::Value value;
    value.type = rules::Type::kDuration;
    value.present = true;
    value.duration = duration;
    return alert::in_words(value, language_);
  }

  void badges(const rules::Rule& rule, const RuleWords& words) {
    std::vector<std::string> all;
    if (rule.raise.silent)
      all.push_back(pick("silent", "tanpa peringatan"));
    else
      all.push_back(severity_words(rule.raise, words));
    if (rule.mode == rules::Mode::kShadow) all.push_back(pick("shadow mode", "mode bayangan"));
    for (const std::string& name : rule.crimes) all.push_back(crime(name));
    all.push_back(pick("watches each ", "mengawasi setiap ") + words.watched());
    all.push_back(rule.id);
    all.push_back(fmt::format("{} {}", pick("version", "versi"), rule.version));
    out_.badges(all);
  }

  [[nodiscard]] std::string crime(const std::string& name) const {
    if (name == "migrant_smuggling") return pick("migrant smuggling", "penyelundupan migran");
    if (name == "human_trafficking") return pick("human trafficking", "perdagangan orang");
    if (name == "bribery") return pick("bribery", "penyuapan");
    if (name == "money_laundering") return pick("money laundering", "pencucian uang");
    return name;
  }

  void conditions(const rules::Expression& expression, const RuleWords& words) {
    std::vector<std::string> items;
    for (std::string& item : words.conditions(expression)) items.push_back(capital(std::move(item)) + ".");
    out_.list(items);
  }

  static bool is_weighed(const rules::Rule& rule, int let) {
    return rule.weighing &&
           (let == rule.weighing->score_let ||
            std::ranges::find(rule.weighing->terms, let, &rules::Term::let) != rule.weighing->terms.end());
  }

  void weighing(const rules::Rule& rule, const RuleWords& words) {
    if (!rule.weighing) return;
    section("What it weighs", "Yang ditimbang");
    out_.paragraph(pick("Points are added up to “score”.", "Poin dijumlahkan menjadi “score”."));
    out_.table({pick("Name", "Nama"), pick("Meaning", "Arti"), pick("Points", "Poin")},
               term_rows(rule, words));
    const std::vector<std::string> modifiers = modifier_items(*rule.weighing, words);
    if (modifiers.empty()) return;
    out_.paragraph(pick("The sum is multiplied:", "Jumlahnya dikalikan:"));
    out_.list(modifiers);
  }

  void grading(const rules::Rule& rule, const RuleWords& words) {
    const Grades grades = grades_of(rule.raise, words);
    if (grades.rows.empty()) return;
    section("How grave it is", "Seberapa berat");
    std::vector<std::string> head{capital(grades.by)};
    if (grades.severities) head.push_back(pick("Severity", "Tingkat"));
    if (grades.scores) head.push_back(pick("Score", "Skor"));
    out_.table(head, grades.rows);
  }

  void lets(const rules::Rule& rule, const RuleWords& words) {
    std::vector<std::vector<std::string>> rows;
    // Terms stand in the table of what is weighed, and `score` is what that adds up to.
    for (std::size_t i = 0; i < rule.lets.size(); ++i) {
      if (!is_weighed(rule, static_cast<int>(i)))
        rows.push_back({rule.lets[i].name, words.phrase(*rule.lets[i].value)});
    }
    if (rows.empty()) return;
    section("The values it computes", "Nilai yang dihitung");
    out_.table({pick("Name", "Nama"), pick("Meaning", "Arti")}, rows);
  }

  void params(const rules::Rule& rule) {
    if (rule.params.empty()) return;
    section("What can be tuned", "Yang dapat disetel");
    std::vector<std::vector<std::string>> rows;
    for (const rules::Param& param : rule.params) {
      std::string by_segment;
      for (const auto& [segment, value] : param.segments)
        by_segment += fmt::format("{}{}: {}", by_segment.empty() ? "" : ", ", segment, source(*value));
      rows.push_back({param.name, source(*param.value), by_segment});
    }
    const bool segments = std::ranges::any_of(rows, [](const auto& row) { return !row[2].empty(); });
    std::vector<std::string> head{pick("Parameter", "Parameter"), pick("Value", "Nilai")};
    if (segments) head.push_back(pick("By customer segment", "Menurut segmen nasabah"));
    if (!segments) {
      for (auto& row : rows) row.pop_back();
    }
    out_.table(head, rows);
  }

  [[nodiscard]] std::string source(const rules::Expression& expression) const {
    return rules::source_text(expression.at, files_);
  }

  void consequence(const rules::Rule& rule, const RuleWords& words) {
    const rules::Raise& raise = rule.raise;
    section("What an alert says", "Isi peringatan");
    std::string sentence;
    for (const rules::TemplatePiece& piece :
         language_ == alert::Language::kEnglish ? raise.because_en : raise.because_id)
      sentence += piece.value ? fmt::format("[{}]", source(*piece.value)) : piece.text;
    if (!sentence.empty()) out_.paragraph(sentence);
    std::vector<std::string> items;
    if (const std::string score = score_words(rule, words); !score.empty())
      items.push_back(fmt::format("{} {}", pick("Score", "Skor"), score));
    if (raise.quiet.micros > 0)
      items.push_back(pick("After an alert it is quiet on the same subject for ",
                           "Setelah peringatan, aturan diam untuk subjek yang sama selama ") +
                      words.duration(raise.quiet));
    if (raise.step > 0)
      items.push_back(fmt::format("{} {}",
                                  pick("While quiet it is sent all the same where the score has grown by",
                                       "Selama diam tetap dikirim bila skor naik sebesar"),
                                  raise.step));
    if (raise.max_alerts_per_day > 0)
      items.push_back(fmt::format("{} {}",
                                  pick("Live alerts a day, at most:", "Peringatan per hari, paling banyak:"),
                                  raise.max_alerts_per_day));
    if (rule.mode == rules::Mode::kShadow)
      items.push_back(pick("It is tried out: its alerts stand apart from the live ones.",
                           "Aturan sedang diuji coba: peringatannya terpisah dari yang sesungguhnya."));
    if (raise.protection_referral)
      items.push_back(pick("A possible victim is to be referred to protection.",
                           "Kemungkinan korban dirujuk ke perlindungan."));
    if (!items.empty()) out_.list(items);
  }

  void texts(std::string_view en, std::string_view id, const std::vector<std::string>& items) {
    if (items.empty()) return;
    section(en, id);
    out_.list(items);
  }

  void about(const rules::Rule& rule) {
    std::vector<std::vector<std::string>> rows;
    const auto row = [&](std::string_view en, std::string_view id, const std::vector<std::string>& values) {
      if (!values.empty()) rows.push_back({pick(en, id), fmt::format("{}", fmt::join(values, ", "))});
    };
    row("PPATK offence codes", "Kode tindak pidana PPATK", rule.offence_codes);
    row("PPATK indicator codes", "Kode indikator PPATK", rule.indicator_codes);
    row("Asks for the signals of", "Memakai sinyal dari", rule.asks);
    row("File", "Berkas",
        {fmt::format("{}:{}", files_[static_cast<std::size_t>(rule.at.file)].name, rule.at.line)});
    section("About the rule", "Tentang aturan");
    out_.table({"", ""}, rows);
  }

  const rules::RuleSet& rules_;
  const std::vector<rules::File>& files_;
  Document& out_;
  alert::Language language_;
};

}  // namespace

int print_catalogue(const CatalogueOptions& options) {
  const auto home = event::parse_currency(options.home_currency);
  if (!home)
    return refuse(fmt::format("--home-currency {} is not three capital letters", options.home_currency));
  const auto files = read_rule_paths(options.paths);
  if (!files) return 2;
  const auto rules = load_rule_files(*files, *home, nullptr);
  if (!rules) return 2;
  const alert::Language language =
      options.language == "id" ? alert::Language::kIndonesian : alert::Language::kEnglish;
  const std::unique_ptr<Document> document = options.format == "html"
                                                 ? html_document(Catalogue::title(language), options.language)
                                                 : markdown_document();
  Catalogue(*rules, *files, *document, language).write();
  if (options.out.empty()) {
    fmt::print("{}", document->finish());
    return 0;
  }
  auto file = OutputFile::open(options.out);
  if (!file) return refuse(file.error());
  file->write(document->finish());
  if (auto done = file->finish(); !done) return refuse(done.error());
  return 0;
}

void add_rules(CLI::App& app, int& exit_status) {
  auto options = std::make_shared<CatalogueOptions>();
  CLI::App* command = app.add_subcommand("rules", "Print the rules of a set as a document to read");
  command->add_option("path", options->paths, "Rule files and directories; together they are one rule set")
      ->required();
  command->add_option("--format", options->format, "md (Markdown) or html (one file, ready to print)")
      ->check(CLI::IsMember({"md", "html"}))
      ->capture_default_str();
  command->add_option("--language", options->language, "en (English) or id (Bahasa Indonesia)")
      ->check(CLI::IsMember({"en", "id"}))
      ->capture_default_str();
  command->add_option("--out", options->out, "Write it to this file");
  command->add_option("--home-currency", options->home_currency, "Currency of amounts and thresholds")
      ->capture_default_str();
  command->footer(
      "Conditions are read aloud from the rules themselves, so the document and the rules cannot differ. "
      "What the\n"
      "author wrote in one language alone (look-alikes, sources, the recommended action) stands as it was "
      "written.");
  command->callback([options, &exit_status] { exit_status = print_catalogue(*options); });
}

}  // namespace suar::cli
