// Watches the directories of the rules and of the reference data while this instance is the active one. A
// change is read, checked, compiled and stored by its hash on a thread of its own; what is refused leaves
// everything as it is, and is told loudly.
//
// Files count as changed once two looks at them agree, so that a copy under way is not read half; or at once
// when somebody asks (SIGHUP).
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "service/context.h"

namespace suar::service {

class Reload {
 public:
  // What is in force now is the context's. It must outlive this.
  explicit Reload(const Context& context);

  // What is to come into force: stored, and other than what was in force before. Once.
  [[nodiscard]] std::optional<Loaded> take();

 private:
  void work(const std::stop_token& stop);
  enum class Tried { kDone, kAgain };
  Tried try_files();
  void refuse(std::string why);
  // The error may be shown to anybody.
  struct Files;
  [[nodiscard]] std::expected<Files, std::string> read() const;

  const Context& context_;
  Loaded newest_;               // in force, or about to be
  bool newest_stored_ = false;  // so that whoever repeats the journal finds it
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Loaded> ready_;
  std::jthread thread_;
};

}  // namespace suar::service
