// A small HTTP server for operators: GET and HEAD of a few pages, on a thread of its own.
//
// Bounded in every direction: connections, size and time of a request, requests of a connection. It speaks
// clear text, so whatever may hold more than numbers is asked for only where the connection came over
// loopback; the pages decide by Request::over_loopback.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "service/config.h"

namespace suar::service {

struct Request {
  std::string_view path;  // without the query
  bool over_loopback = false;
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

// Called on the server's thread.
using Pages = std::function<Response(const Request&)>;

class HttpServer {
 public:
  [[nodiscard]] static std::expected<std::unique_ptr<HttpServer>, std::string> start(const Listen& listen,
                                                                                     Pages pages);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace suar::service
