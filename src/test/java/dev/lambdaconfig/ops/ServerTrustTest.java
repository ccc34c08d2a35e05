package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.InterceptedAnswer;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** An API server whose certificate is refused, by a clock that only a test moves. */
final class ServerTrustTest {

  private static final StandardHttpRequest REQUEST =
      new StandardHttpRequest.Builder().uri(URI.create("https://api/version")).build();

  private long nanos = Long.MAX_VALUE - 7;
  private int lost;
  private final ServerTrust trust = new ServerTrust(() -> nanos, () -> lost++);

  @Test
  void itIsLostOnceAfterSomeMinutesWithoutAnAnswer() {
    // Given
    answer();

    // When
    refuse();
    pass(ServerTrust.PATIENCE.minusNanos(1));
    refuse();
    int before = lost;
    pass(Duration.ofNanos(1));
    refuse();
    refuse();

    // Then
    assertThat(before).isZero();
    assertThat(lost).isEqualTo(1);
  }

  @Test
  void anyAnswerShowsThatItIsThere() {
    // Given
    answer();
    refuse();
    pass(ServerTrust.PATIENCE);

    // When
    answer();
    refuse();

    // Then
    assertThat(lost).isZero();
  }

  @Test
  void anApiServerThatIsAwayIsNoQuestionOfTrust() {
    // Given
    answer();

    // When
    for (int i = 0; i < 3; i++) {
      trust.afterConnectionFailure(REQUEST, new ConnectException("refused"));
      trust.afterConnectionFailure(REQUEST, new SSLHandshakeException("closed"));
      pass(ServerTrust.PATIENCE);
    }

    // Then
    assertThat(lost).isZero();
  }

  @Test
  void aStartThatFailsIsReportedAsSuch() {
    // When
    refuse();
    pass(ServerTrust.PATIENCE);
    refuse();

    // Then
    assertThat(lost).isZero();
  }

  private void answer() {
    trust.after(REQUEST, new InterceptedAnswer(REQUEST, 503), null);
  }

  private void refuse() {
    Exception path = new CertificateException("no valid certification path");
    trust.afterConnectionFailure(
        REQUEST, new IOException(new SSLHandshakeException("PKIX path building failed", path)));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
