// A GET over a plain socket, as a scraper would do it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

namespace suar::service::testing {

// The whole response, head and body; "" where nothing answers.
inline std::string http_send(std::uint16_t port, const std::string& request,
                             const char* address = "127.0.0.1") {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  ::inet_pton(AF_INET, address, &to.sin_addr);
  std::string response;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
      ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size())) {
    std::array<char, 4096> part;
    for (ssize_t n = ::recv(fd, part.data(), part.size(), 0); n > 0;
         n = ::recv(fd, part.data(), part.size(), 0)) {
      response.append(part.data(), static_cast<std::size_t>(n));
    }
  }
  ::close(fd);
  return response;
}

inline std::string http_get(std::uint16_t port, const std::string& path, const char* address = "127.0.0.1") {
  return http_send(port, "GET " + path + " HTTP/1.1\r\nHost: suar\r\nConnection: close\r\n\r\n", address);
}

}  // namespace suar::service::testing
