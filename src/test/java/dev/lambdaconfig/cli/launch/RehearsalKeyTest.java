package dev.lambdaconfig.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that the stand-ins show, and the certificate that the operator is given for it. */
final class RehearsalKeyTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void theCertificateIsForTheLoopbackAndForAShortTime() throws Exception {
    // When
    RehearsalKey key = RehearsalKey.create(folder);

    // Then
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(Base64.getDecoder().decode(key.certificateData())));
    assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(7, "127.0.0.1"));
    certificate.verify(certificate.getPublicKey());
    assertThat(
            Duration.between(
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()))
        .isLessThanOrEqualTo(Duration.ofDays(2));
  }
}
