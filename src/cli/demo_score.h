// How the alerts of a labelled stream compare with what was planted in it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/hit.h"

namespace suar::cli {

class DemoScore {
 public:
  // One label of the simulator, as JSON; what is not a label is left out.
  void add_label(std::string_view json);
  void add_alert(const engine::Hit& hit);
  // How a label names the alert's subject: by the account, where an account or its holder is watched.
  [[nodiscard]] static std::string subject_of(const engine::Hit& hit);

  struct RuleScore {
    std::uint64_t alerts = 0;
    std::uint64_t planted = 0, caught = 0;             // crimes for this rule to find
    std::uint64_t look_alikes = 0;                     // innocent stories to leave alone
    std::uint64_t on_others = 0;                       // alerts on subjects that nothing was planted on
    std::uint64_t subjects = 0;                        // that it raised alerts on
    std::uint64_t criminal_subjects = 0;               // those of them on whom a crime was planted, whichever
    std::vector<std::string> missed, wrongly_flagged;  // "scenario on subject", and by which rules
  };
  [[nodiscard]] std::map<std::string, RuleScore> by_rule() const;

 private:
  struct Label {
    std::string scenario, rule, subject;
    bool crime = false;
  };
  struct Alert {
    std::string rule, subject;  // the subject's account, as an entity key, where it has one
  };

  std::vector<Label> labels_;
  std::vector<Alert> alerts_;
};

}  // namespace suar::cli
