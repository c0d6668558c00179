#include "service/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/http_get.h"

namespace suar::service {
namespace {

using ::testing::HasSubstr;
using testing::http_get;
using testing::http_send;
using ::testing::Not;
using ::testing::StartsWith;

Pages echo() {
  return [](const Request& request) -> Response {
    return {200, "text/plain",
            std::string(request.path) + (request.over_loopback ? " loopback\n" : " elsewhere\n")};
  };
}

TEST(HttpServer, AnswersGetAndHead) {
  const auto server = HttpServer::start({"127.0.0.1", 0}, echo());
  ASSERT_TRUE(server) << server.error();
  const std::string response = http_get((*server)->port(), "/metrics?x=1");
  EXPECT_THAT(response, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(response, HasSubstr("\r\n\r\n/metrics loopback\n"));
  const std::string head =
      http_send((*server)->port(), "HEAD /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Length: 18\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("/metrics loopback")));
}

TEST(HttpServer, RefusesOtherMethods) {
  const auto server = HttpServer::start({"127.0.0.1", 0}, echo());
  ASSERT_TRUE(server);
  EXPECT_THAT(
      http_send((*server)->port(), "POST / HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
      StartsWith("HTTP/1.1 405 "));
}

TEST(HttpServer, HangsUpOnAHeadThatIsTooLarge) {
  const auto server = HttpServer::start({"127.0.0.1", 0}, echo());
  ASSERT_TRUE(server);
  const std::string large(100'000, 'x');
  EXPECT_EQ(http_send((*server)->port(), "GET / HTTP/1.1\r\nX: " + large + "\r\n\r\n"), "");
  EXPECT_THAT(http_get((*server)->port(), "/still"), HasSubstr("/still"));
}

TEST(HttpServer, HangsUpOnWhatIsNotHttp) {
  const auto server = HttpServer::start({"127.0.0.1", 0}, echo());
  ASSERT_TRUE(server);
  EXPECT_EQ(http_send((*server)->port(), "\x16\x03\x01 not http\r\n\r\n"), "");
}

TEST(HttpServer, SaysWhyItCannotListen) {
  const auto first = HttpServer::start({"127.0.0.1", 0}, echo());
  ASSERT_TRUE(first);
  const auto second = HttpServer::start({"127.0.0.1", (*first)->port()}, echo());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(), HasSubstr("in use"));
}

}  // namespace
}  // namespace suar::service
