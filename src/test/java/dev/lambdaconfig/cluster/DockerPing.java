package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code GET /_ping} at the places where Testcontainers looks for an engine. */
record DockerPing(Duration limit) implements DockerProbe {

  private static final int PLAIN_PORT = 2375;

  @Override
  public Ping ping(HostEnvironment environment) {
    var silent = new ArrayList<String>();
    var deadline = System.nanoTime() + limit.toNanos();
    for (var host : hosts(environment)) {
      var answer = ask(host, environment, deadline - System.nanoTime());
      if (answer instanceof Silent(String reason)) {
        silent.add(reason);
      } else {
        return answer;
      }
    }
    return new Silent("no engine answers: " + String.join("; ", silent));
  }

  static List<String> hosts(HostEnvironment environment) {
    var named = environment.variable("DOCKER_HOST");
    if (named.isPresent()) {
      return List.of(named.get());
    }
    var hosts = new LinkedHashSet<String>();
    hosts.add("unix:///var/run/docker.sock");
    environment
        .variable("XDG_RUNTIME_DIR")
        .ifPresent(folder -> hosts.add("unix://" + folder + "/docker.sock"));
    hosts.add("unix://" + environment.home() + "/.docker/run/docker.sock");
    hosts.add("unix://" + environment.home() + "/.docker/desktop/docker.sock");
    return List.copyOf(hosts);
  }

  private static Ping ask(String host, HostEnvironment environment, long nanosLeft) {
    if (host.startsWith("unix://")) {
      var socket = Path.of(host.substring("unix://".length()));
      return Files.exists(socket)
          ? ask(host, UnixDomainSocketAddress.of(socket), true, nanosLeft)
          : new Silent(host + " does not exist");
    }
    if (!host.startsWith("tcp://")) {
      return new Silent("DOCKER_HOST=" + host + " is neither unix:// nor tcp://");
    }
    try {
      var uri = URI.create(host);
      var address =
          new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? PLAIN_PORT : uri.getPort());
      // A plain ping fails behind TLS; an open port has to suffice.
      return ask(host, address, environment.variable("DOCKER_TLS_VERIFY").isEmpty(), nanosLeft);
    } catch (IllegalArgumentException e) {
      return new Silent("DOCKER_HOST=" + host + " is no address: " + e.getMessage());
    }
  }

  private static Ping ask(String host, SocketAddress address, boolean speak, long nanosLeft) {
    var exchange = new CompletableFuture<String>();
    // An engine that hangs leaves this thread behind; it is virtual, and ends with the JVM.
    Thread.startVirtualThread(
        () -> {
          try (var channel = SocketChannel.open(address)) {
            exchange.complete(speak ? statusLine(channel) : "HTTP/1.1 200 assumed behind TLS");
          } catch (IOException | RuntimeException e) {
            exchange.completeExceptionally(e);
          }
        });
    try {
      var status = exchange.get(nanosLeft, TimeUnit.NANOSECONDS);
      return status.contains(" 200 ")
          ? new Answered(host)
          : new Silent(host + " answered " + status);
    } catch (ExecutionException e) {
      return new Silent(host + ": " + e.getCause());
    } catch (TimeoutException e) {
      return new Silent(host + " did not answer a ping in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Silent("interrupted");
    }
  }

  private static String statusLine(SocketChannel channel) throws IOException {
    channel.write(
        ByteBuffer.wrap(
            "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)));
    var buffer = ByteBuffer.allocate(256);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
      if (text.contains("\r\n")) {
        return text.substring(0, text.indexOf('\r'));
      }
    }
    throw new IOException("closed without an answer");
  }
}
