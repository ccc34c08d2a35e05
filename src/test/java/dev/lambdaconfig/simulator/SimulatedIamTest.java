package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role is assumed with a token that holds in every respect, and with no other. */
final class SimulatedIamTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/writer";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final SimulatedIam iam = new SimulatedIam(() -> NOW);
  private final KeyPair key = key();

  @BeforeEach
  void createRole() {
    iam.createProvider("123456789012", "https://issuer", Set.of("sts"), () -> keySet(key));
    iam.role(ROLE).trusts("team", "writer").allows("lambda:Get*", "orders-*");
  }

  @Test
  void aTokenThatHoldsBeginsASession() throws Exception {
    SimulatedIam.Session session = assume(token(key, "sts", NOW.plusSeconds(600), "writer"));

    assertThat(session.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/writer/name");
    assertThat(session.expiration()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(iam.accountOf(session.accessKeyId())).isEqualTo("123456789012");
  }

  @Test
  void eachOtherTokenIsRefused() throws Exception {
    assertThat(refusal("no.token")).isEqualTo("InvalidIdentityToken");
    assertThat(refusal(token(key, "other", NOW.plusSeconds(600), "writer")))
        .isEqualTo("InvalidIdentityToken");
    assertThat(refusal(token(key, "sts", NOW, "writer"))).isEqualTo("ExpiredTokenException");
    assertThat(refusal(token(key, "sts", NOW.plusSeconds(600), "reader")))
        .isEqualTo("AccessDenied");
    // Signed by somebody else, with the same key ID.
    assertThat(refusal(token(key(), "sts", NOW.plusSeconds(600), "writer")))
        .isEqualTo("InvalidIdentityToken");
  }

  @Test
  void aRoleMayDoWhatItsPolicyAllows() {
    SimulatedRole role = iam.role(ROLE);

    assertThat(role.isAllowed("lambda:GetFunction", "orders-api")).isTrue();
    assertThat(role.isAllowed("lambda:GetFunction", "payments")).isFalse();
    assertThat(role.isAllowed("lambda:UpdateFunctionConfiguration", "orders-api")).isFalse();
    role.denies("lambda:*", "*");
    assertThat(role.isAllowed("lambda:GetFunction", "orders-api")).isFalse();
  }

  private SimulatedIam.Session assume(String token) {
    return iam.assume(ROLE, "name", token, Duration.ofHours(1));
  }

  private String refusal(String token) {
    return catchThrowableOfType(ApiError.class, () -> assume(token)).code;
  }

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String keySet(KeyPair key) {
    RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
    ObjectNode set = Json.object();
    set.putArray("keys")
        .addObject()
        .put("kid", "1")
        .put("kty", "RSA")
        .put("n", encoded(rsa.getModulus().toByteArray()))
        .put("e", encoded(rsa.getPublicExponent().toByteArray()));
    return set.toString();
  }

  private static String token(KeyPair by, String audience, Instant expiration, String account)
      throws GeneralSecurityException {
    String header = encoded("{\"alg\": \"RS256\", \"kid\": \"1\"}");
    String claims =
        encoded(
            Json.object("iss", "https://issuer")
                .put("sub", "system:serviceaccount:team:" + account)
                .put("exp", expiration.getEpochSecond())
                .set("aud", Json.valueOf(Set.of(audience)))
                .toString());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(by.getPrivate());
    signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
    return header + "." + claims + "." + encoded(signature.sign());
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
