#include "service/http_server.h"

// Boost 1.74 uses std::exchange in its coroutines without including this.
#include <utility>

#include <spdlog/spdlog.h>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <thread>

namespace suar::service {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

constexpr int kMostConnections = 64;
constexpr int kMostRequests = 1000;  // of one connection
constexpr std::size_t kHeaderBytes = 8 * 1024;
constexpr std::size_t kBodyBytes = 1024;
constexpr std::chrono::seconds kPatience{10};

bool is_loopback(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  }
  return address.is_loopback();
}

}  // namespace

struct HttpServer::Impl {
  explicit Impl(Pages given) : pages(std::move(given)) {}

  asio::awaitable<void> accept();
  asio::awaitable<void> converse(tcp::socket socket);
  [[nodiscard]] http::response<http::string_body> answer(const http::request<http::string_body>& request,
                                                         bool over_loopback) const;

  Pages pages;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  int connections = 0;
  std::thread thread;
};

asio::awaitable<void> HttpServer::Impl::accept() {
  for (;;) {
    boost::system::error_code error;
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      // Out of descriptors, most likely: leave the others time to end.
      asio::steady_timer pause(io, std::chrono::milliseconds(100));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    if (connections >= kMostConnections) continue;
    asio::co_spawn(io, converse(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> HttpServer::Impl::converse(tcp::socket socket) {
  ++connections;
  boost::system::error_code error;
  const auto local = socket.local_endpoint(error);
  const bool over_loopback = !error && is_loopback(local.address());
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer(kHeaderBytes + kBodyBytes);
  for (int i = 0; i < kMostRequests && !error; ++i) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(kHeaderBytes);
    parser.body_limit(kBodyBytes);
    stream.expires_after(kPatience);
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    auto response = answer(parser.get(), over_loopback);
    stream.expires_after(kPatience);
    co_await http::async_write(stream, response, asio::redirect_error(asio::use_awaitable, error));
    if (!response.keep_alive()) break;
  }
  stream.socket().shutdown(tcp::socket::shutdown_both, error);
  --connections;
}

http::response<http::string_body> HttpServer::Impl::answer(const http::request<http::string_body>& request,
                                                           bool over_loopback) const {
  Response page{405, "text/plain; charset=utf-8", "GET or HEAD\n"};
  if (request.method() == http::verb::get || request.method() == http::verb::head) {
    const std::string_view target(request.target().data(), request.target().size());
    page = pages({target.substr(0, target.find('?')), over_loopback});
  }
  http::response<http::string_body> response(static_cast<http::status>(page.status), request.version());
  response.set(http::field::server, "suar");
  response.set(http::field::content_type, page.content_type);
  response.set(http::field::cache_control, "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  response.keep_alive(request.keep_alive());
  const std::size_t length = page.body.size();
  if (request.method() != http::verb::head) response.body() = std::move(page.body);
  response.content_length(length);
  return response;
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

std::expected<std::unique_ptr<HttpServer>, std::string> HttpServer::start(const Listen& listen, Pages pages) {
  auto impl = std::make_unique<Impl>(std::move(pages));
  boost::system::error_code error;
  tcp::resolver resolver(impl->io);
  const auto found =
      resolver.resolve(listen.host, std::to_string(listen.port), tcp::resolver::passive, error);
  if (error || found.empty()) return std::unexpected("no such address: " + listen.host);
  const tcp::endpoint endpoint = found.begin()->endpoint();
  tcp::acceptor& acceptor = impl->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return std::unexpected(error.message());
  asio::co_spawn(impl->io, impl->accept(), asio::detached);
  Impl* const running = impl.get();
  running->thread = std::thread([running] { running->io.run(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::~HttpServer() {
  impl_->io.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

std::uint16_t HttpServer::port() const {
  boost::system::error_code error;
  return impl_->acceptor.local_endpoint(error).port();
}

}  // namespace suar::service
