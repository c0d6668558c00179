#include "service/http_server.h"

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

// One connection: reads a request, answers it, and goes on until it is closed, idle or asked too often.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(tcp::socket socket, const Pages& pages, int& connections)
      : over_loopback_(local_is_loopback(socket)),
        stream_(std::move(socket)),
        pages_(pages),
        connections_(connections) {
    ++connections_;
  }
  ~HttpSession() { --connections_; }
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  void read() {
    if (requests_++ == kMostRequests) return;
    parser_.emplace();
    parser_->header_limit(kHeaderBytes);
    parser_->body_limit(kBodyBytes);
    stream_.expires_after(kPatience);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](const Error& error, std::size_t) { self->answer(error); });
  }

 private:
  using Error = boost::system::error_code;

  static bool local_is_loopback(const tcp::socket& socket) {
    Error error;
    const auto local = socket.local_endpoint(error);
    return !error && is_loopback(local.address());
  }

  void answer(const Error& error) {
    if (error) return;
    const auto& request = parser_->get();
    Response page{405, "text/plain; charset=utf-8", "GET or HEAD\n"};
    if (request.method() == http::verb::get || request.method() == http::verb::head) {
      const std::string_view target(request.target().data(), request.target().size());
      page = pages_({target.substr(0, target.find('?')), over_loopback_});
    }
    response_ = {static_cast<http::status>(page.status), request.version()};
    response_.set(http::field::server, "suar");
    response_.set(http::field::content_type, page.content_type);
    response_.set(http::field::cache_control, "no-store");
    response_.set("X-Content-Type-Options", "nosniff");
    response_.keep_alive(request.keep_alive());
    const std::size_t length = page.body.size();
    if (request.method() != http::verb::head) response_.body() = std::move(page.body);
    response_.content_length(length);
    stream_.expires_after(kPatience);
    http::async_write(stream_, response_, [self = shared_from_this()](const Error& failed, std::size_t) {
      if (!failed && self->response_.keep_alive()) self->read();
    });
  }

  bool over_loopback_;
  beast::tcp_stream stream_;
  const Pages& pages_;
  int& connections_;
  int requests_ = 0;
  beast::flat_buffer buffer_{kHeaderBytes + kBodyBytes};
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
};

}  // namespace

struct HttpServer::Impl {
  explicit Impl(Pages given) : pages(std::move(given)) {}

  void listen(const Listen& at);
  void accept();

  Pages pages;
  int connections = 0;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};
  std::thread thread;
};

void HttpServer::Impl::listen(const Listen& at) {
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(at.host, std::to_string(at.port), tcp::resolver::passive);
  const tcp::endpoint endpoint = found.begin()->endpoint();
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen(asio::socket_base::max_listen_connections);
}

void HttpServer::Impl::accept() {
  acceptor.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (error) {
      // Out of descriptors, most likely: leave the others time to end.
      pause.expires_after(std::chrono::milliseconds(100));
      pause.async_wait([this](const boost::system::error_code& stopped) {
        if (!stopped) accept();
      });
      return;
    }
    // One too many is closed at once.
    if (connections < kMostConnections) {
      std::make_shared<HttpSession>(std::move(socket), pages, connections)->read();
    }
    accept();
  });
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

std::expected<std::unique_ptr<HttpServer>, std::string> HttpServer::start(const Listen& listen, Pages pages) {
  auto impl = std::make_unique<Impl>(std::move(pages));
  try {
    impl->listen(listen);
  } catch (const boost::system::system_error& error) {
    return std::unexpected(error.code().message());
  }
  impl->accept();
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
