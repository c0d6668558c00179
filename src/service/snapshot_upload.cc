#include "service/snapshot_upload.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "kafka/record_store.h"
#include "kafka/snapshot_directory.h"
#include "kafka/snapshot_topic.h"
#include "service/log.h"

namespace suar::service {

SnapshotUpload::SnapshotUpload(const Config& config, std::string directory, Metrics& metrics)
    : config_(config),
      directory_(std::move(directory)),
      metrics_(metrics),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void SnapshotUpload::begin() {
  const std::lock_guard lock(mutex_);
  wanted_ = true;
  changed_.notify_all();
}

void SnapshotUpload::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return wanted_; })) {
    wanted_ = false;
    lock.unlock();
    const auto copied = copy_newest(stop);
    if (copied) {
      metrics_.snapshot_uploads.add();
    } else if (!stop.stop_requested()) {
      metrics_.snapshot_upload_failures.add();
      spdlog::error("a snapshot could not be copied to {}, and the older ones stay there: {}",
                    config_.topics.snapshots, copied.error());
    }
    lock.lock();
  }
}

std::expected<void, std::string> SnapshotUpload::copy_newest(const std::stop_token& stop) const {
  kafka::SnapshotDirectory directory(directory_);
  const auto listing = directory.list();
  if (!listing) return std::unexpected(listing.error().detail);
  if (listing->finished.empty()) return {};
  const auto store =
      kafka::RecordStore::open({config_.brokers, config_.topics.snapshots, config_.properties, client_log()});
  if (!store) return std::unexpected(store.error().message);
  kafka::SnapshotTopic topic(**store);
  return kafka::copy_snapshot(directory, listing->finished.front(), topic,
                              [&stop] { return stop.stop_requested(); });
}

}  // namespace suar::service
