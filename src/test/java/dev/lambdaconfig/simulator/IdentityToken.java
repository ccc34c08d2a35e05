package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A web identity token: a signed JWT, as an OpenID Connect provider issues them. */
final class IdentityToken {

  private final JsonNode header;
  private final JsonNode claims;
  private final byte[] signed;
  private final byte[] signature;

  private IdentityToken(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signed = signed;
    this.signature = signature;
  }

  /** Parses a token, or returns null if it is none. */
  static @Nullable IdentityToken parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      return new IdentityToken(
          Json.read(decoded(parts[0])),
          Json.read(decoded(parts[1])),
          (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
          decoded(parts[2]));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  String issuer() {
    return claims.path("iss").asText();
  }

  String subject() {
    return claims.path("sub").asText();
  }

  List<String> audiences() {
    JsonNode audience = claims.path("aud");
    return audience.isArray() ? Json.texts(audience) : List.of(audience.asText());
  }

  Instant expiration() {
    return Instant.ofEpochSecond(claims.path("exp").asLong());
  }

  /** Finds the key of this token in a JSON Web Key Set, or returns null. */
  @Nullable JsonNode keyIn(JsonNode keySet) {
    for (JsonNode key : keySet.path("keys")) {
      if (key.path("kid").equals(header.path("kid"))) {
        return key;
      }
    }
    return null;
  }

  /** Whether the key has signed this very token. */
  boolean isSignedBy(JsonNode key) {
    try {
      boolean elliptic = key.path("kty").asText().equals("EC");
      Signature verification =
          Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      verification.initVerify(elliptic ? ellipticKey(key) : rsaKey(key));
      verification.update(signed);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PublicKey rsaKey(JsonNode key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
  }

  private static PublicKey ellipticKey(JsonNode key) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(number(key, "x"), number(key, "y")),
                curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(JsonNode key, String member) {
    return new BigInteger(1, decoded(key.path(member).asText()));
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }
}
