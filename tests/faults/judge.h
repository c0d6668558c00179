// What came out of a run against what must come out: read with read_committed, compared with what
// `suar replay` makes of the journal and, where the order of the input cannot differ, of the file.
#pragma once

#include <string>
#include <vector>

#include "faults/plan.h"
#include "faults/traffic.h"
#include "kafka/broker_client.h"
#include "kafka/journal_record.h"
#include "service/program.h"

namespace suar::faults {

struct Verdict {
  std::vector<std::string> faults;  // nothing where all is well
  std::size_t alerts = 0, dead_letters = 0;
  std::uint64_t terms = 0;
};

class Judge {
 public:
  Judge(const Plan& plan, const Traffic& traffic, const service::testing::Deployment& deployment,
        const std::string& broker);

  // Whether the journal says that every record was processed.
  [[nodiscard]] bool all_processed();
  // After everything has stopped.
  [[nodiscard]] Verdict judge();

 private:
  struct Replayed {
    std::vector<std::string> alerts, dead_letters;
  };
  [[nodiscard]] std::vector<kafka::JournalRecord> journal();
  void judge_journal();
  void judge_alerts(const std::vector<std::string>& expected, const std::string& source, bool dated);
  void judge_dead_letters(const std::vector<std::string>& expected, bool by_line);
  [[nodiscard]] Replayed replay(const std::string& arguments, const std::string& name);
  [[nodiscard]] std::string write_file() const;
  void find(std::string what) { verdict_.faults.push_back(std::move(what)); }

  const Plan& plan_;
  const Traffic& traffic_;
  const service::testing::Deployment& deployment_;
  kafka::testing::BrokerClient client_;
  std::vector<kafka::testing::Read> alerts_, shadow_, dead_letters_;
  Verdict verdict_;
};

}  // namespace suar::faults
