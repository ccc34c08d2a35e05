package dev.lambdaconfig.kube.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a URI asks for. How long the page may be makes no difference.
 *
 * @param list the URI without the parameters of the page, and its other parameters, sorted
 * @param token the token of the page, encoded, or null for the first one
 */
record PageUri(String list, @Nullable String token) {

  private static final String CONTINUE = "continue=";
  private static final String LIMIT = "limit=";

  static PageUri of(URI uri) {
    Stream<String> others =
        parameters(uri).filter(parameter -> !parameter.startsWith(LIMIT)).sorted();
    return new PageUri(joined(uri, others), token(uri));
  }

  /** Whether a URI asks for a page of a list. */
  static boolean isPage(URI uri) {
    return all(uri).anyMatch(parameter -> parameter.startsWith(LIMIT));
  }

  /** The URI of the page after one. */
  static URI next(URI page, String token) {
    String encoded = CONTINUE + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return URI.create(joined(page, Stream.concat(parameters(page), Stream.of(encoded))));
  }

  private static String joined(URI uri, Stream<String> parameters) {
    String text = uri.toString();
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    return parameters.collect(Collectors.joining("&", path + "?", ""));
  }

  private static @Nullable String token(URI uri) {
    return all(uri)
        .filter(parameter -> parameter.startsWith(CONTINUE))
        .map(parameter -> parameter.substring(CONTINUE.length()))
        .findFirst()
        .orElse(null);
  }

  /** The parameters but the token. */
  private static Stream<String> parameters(URI uri) {
    return all(uri).filter(parameter -> !parameter.startsWith(CONTINUE));
  }

  private static Stream<String> all(URI uri) {
    String query = uri.getRawQuery();
    return query == null ? Stream.empty() : Arrays.stream(query.split("&"));
  }
}
