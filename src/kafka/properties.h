// librdkafka's properties: what Suar sets for latency and safety, and what an operator passes through.
//
// Defaults come first, the operator's properties over them. Some are Suar's alone, because its promises rest
// on them; naming one of those is an error.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kafka/handles.h"

namespace suar::kafka {

struct Property {
  std::string name, value;
};

enum class Role { kConsumer, kProducer, kTransactionalProducer };

struct PropertyError {
  std::size_t index;       // of the operator's property
  std::string message;     // never holds the value of a property that may be a secret
  std::string suggestion;  // may be empty
};

// What is wrong with an operator's properties, the first of each.
[[nodiscard]] std::optional<PropertyError> check_property(std::span<const Property> properties,
                                                          std::size_t index);

// A client's configuration; the properties have passed check_property().
[[nodiscard]] ConfPtr make_conf(Role role, std::string_view brokers, std::span<const Property> properties);
void set_property(rd_kafka_conf_t* conf, std::string_view name, std::string_view value);

}  // namespace suar::kafka
