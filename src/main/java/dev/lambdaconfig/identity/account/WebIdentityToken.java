package dev.lambdaconfig.identity.account;

import org.jspecify.annotations.Nullable;

/** A token of a ServiceAccount. It is a secret: it is used once, and never printed. */
public final class WebIdentityToken {

  private final String text;
  private final @Nullable String issuer;

  /**
   * Creates a token.
   *
   * @param issuer the issuer that it names, or null where it cannot be read
   */
  public WebIdentityToken(String text, @Nullable String issuer) {
    this.text = text;
    this.issuer = issuer;
  }

  /** The token itself. */
  public String text() {
    return text;
  }

  /** The issuer that the token names, or null where it cannot be read. */
  public @Nullable String issuer() {
    return issuer;
  }

  @Override
  public String toString() {
    return "WebIdentityToken[withheld]";
  }
}
