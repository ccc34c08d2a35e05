package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.InterceptedAnswer;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  void aKeyThatIsNoLongerTheOneOfTheCaIsLostTrust() {
    // Given
    answer();
    Exception signature =
        new CertPathValidatorException(
            "signature check failed", null, null, -1, BasicReason.INVALID_SIGNATURE);

    // When
    refuse(signature);
    pass(ServerTrust.PATIENCE);
    refuse(signature);

    // Then
    assertThat(lost).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("helpless")
  void whatAnotherProcessRefusesAsWellEndsNone(Exception why) {
    // Given
    answer();

    // When
    refuse(why);
    pass(ServerTrust.PATIENCE);
    refuse(why);

    // Then
    assertThat(lost).isZero();
  }

  static List<Exception> helpless() {
    return List.of(
        new CertPathValidatorException("validity", new CertificateExpiredException("2025")),
        new CertPathBuilderException("validity", new CertificateNotYetValidException("2030")),
        new CertificateException("no name matching api.example.com found"));
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
    refuse(new CertPathBuilderException("no valid certification path"));
  }

  private void refuse(Exception why) {
    trust.afterConnectionFailure(
        REQUEST,
        new IOException(
            new SSLHandshakeException(
                "PKIX path building failed", new CertificateException("no trust", why))));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
