package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The number and the lifetime of open connections, by a clock that a test moves. */
final class OpenConnectionsTest {

  private static final int MOST = 4;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final OpenConnections connections = new OpenConnections(MOST, LONGEST, nanos::get);

  @Test
  void theOldestOfTheAddressWithTheMostMakesRoom() {
    // Given
    Socket probe = open("10.0.0.1");
    Socket oldest = open("10.0.0.2");
    Socket second = open("10.0.0.2");
    Socket third = open("10.0.0.2");

    // When
    Socket another = open("10.0.0.3");

    // Then
    assertThat(oldest.isClosed()).isTrue();
    assertThat(new Socket[] {probe, second, third, another}).noneMatch(Socket::isClosed);
    assertThat(connections.count()).isEqualTo(MOST);
  }

  @Test
  void onlyWhatHasLastedTooLongIsClosed() {
    // Given
    Socket first = open("10.0.0.1");
    nanos.addAndGet(1);
    Socket second = open("10.0.0.1");

    // When
    nanos.addAndGet(LONGEST.toNanos() - 1);
    connections.closeOverdue();

    // Then
    assertThat(first.isClosed()).isTrue();
    assertThat(second.isClosed()).isFalse();
    assertThat(connections.count()).isEqualTo(1);
  }

  @Test
  void aConnectionThatHasEndedMakesRoom() {
    // Given
    HttpConnection ended = connection(new Socket());
    connections.add(address("10.0.0.1"), ended);
    Socket[] others =
        IntStream.range(1, MOST).mapToObj(i -> open("10.0.0.2")).toArray(Socket[]::new);

    // When
    connections.remove(ended);
    Socket another = open("10.0.0.2");

    // Then
    assertThat(others).noneMatch(Socket::isClosed);
    assertThat(another.isClosed()).isFalse();
  }

  @Test
  void nothingIsOpenOnceClosed() {
    // Given
    Socket before = open("10.0.0.1");

    // When
    connections.close();
    Socket after = open("10.0.0.1");

    // Then
    assertThat(before.isClosed()).isTrue();
    assertThat(after.isClosed()).isTrue();
    assertThat(connections.count()).isZero();
  }

  private Socket open(String from) {
    Socket socket = new Socket();
    connections.add(address(from), connection(socket));
    return socket;
  }

  private static HttpConnection connection(Socket socket) {
    return new HttpConnection(socket, request -> null);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
