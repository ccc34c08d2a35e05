package dev.lambdaconfig.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy, as a variable such as {@code HTTPS_PROXY} names it.
 *
 * @param url scheme, host and port
 * @param user the name that the proxy is given, or null
 * @param password the password of that name, or null
 */
public record ProxyAddress(URI url, @Nullable String user, @Nullable String password) {

  private static final int HIGHEST_PORT = 65_535;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * Reads an address: {@code http://USER:PASSWORD@HOST:PORT}, of which only the host is needed.
   * User and password can be percent-encoded.
   *
   * @return null if it is none
   */
  public static @Nullable ProxyAddress parse(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      String host = uri.getHost();
      int given = uri.getPort();
      if (!Set.of("http", "https").contains(scheme) || host == null || given > HIGHEST_PORT) {
        return null;
      }
      int standard = scheme.equals("https") ? HTTPS : HTTP;
      URI url = new URI(scheme, null, host, given < 0 ? standard : given, null, null, null);
      String info = uri.getRawUserInfo();
      if (info == null) {
        return new ProxyAddress(url, null, null);
      }
      int colon = info.indexOf(':');
      return colon < 0
          ? new ProxyAddress(url, decoded(info), "")
          : new ProxyAddress(
              url, decoded(info.substring(0, colon)), decoded(info.substring(colon + 1)));
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String decoded(String text) {
    // A plus stands for itself, unlike in a form.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The address without the credentials. */
  @Override
  public String toString() {
    return url.toString();
  }
}
