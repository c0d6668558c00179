#include "kafka/properties.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace suar::kafka {
namespace {

std::optional<PropertyError> check(const std::string& name, const std::string& value) {
  const std::vector<Property> properties = {{name, value}};
  return check_property(properties, 0);
}

TEST(Properties, TakesWhatLibrdkafkaTakes) {
  EXPECT_FALSE(check("linger.ms", "5"));
  EXPECT_FALSE(check("security.protocol", "sasl_ssl"));
  EXPECT_FALSE(check("sasl.password", "secret"));
}

TEST(Properties, SuggestsTheNearestNameForAnUnknownOne) {
  const auto error = check("linger.mss", "5");
  ASSERT_TRUE(error);
  EXPECT_NE(error->message.find("linger.mss"), std::string::npos);
  EXPECT_NE(error->suggestion.find("\"linger.ms\""), std::string::npos);
}

TEST(Properties, SaysWhatIsWrongWithAValue) {
  const auto error = check("linger.ms", "soon");
  ASSERT_TRUE(error);
  EXPECT_NE(error->message.find("linger.ms"), std::string::npos);
}

TEST(Properties, KeepsThoseThatThePromisesRestOn) {
  for (const char* name : {"enable.auto.commit", "auto.offset.reset", "acks", "enable.idempotence",
                           "group.id", "bootstrap.servers", "message.timeout.ms"}) {
    EXPECT_TRUE(check(name, "1")) << name;
  }
}

TEST(Properties, NeverRepeatsTheValueOfASecret) {
  for (const char* name : {"ssl.key.pem", "sasl.password", "ssl.key.password"}) {
    const auto error = check(name, "s3cr3t-value");
    if (error) {
      EXPECT_EQ(error->message.find("s3cr3t-value"), std::string::npos) << name;
    }
  }
}

}  // namespace
}  // namespace suar::kafka
