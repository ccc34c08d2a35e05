package dev.lambdaconfig.kube.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
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
    String list =
        parameters(uri, parameter -> !parameter.startsWith(LIMIT))
            .sorted()
            .collect(Collectors.joining("&", path(uri) + "?", ""));
    return new PageUri(list, token(uri));
  }

  /** Whether a URI asks for a page of a list. */
  static boolean isPage(URI uri) {
    return all(uri).anyMatch(parameter -> parameter.startsWith(LIMIT));
  }

  /** The URI of the page after one. */
  static URI next(URI page, String token) {
    String encoded = CONTINUE + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return URI.create(
        Stream.concat(parameters(page, parameter -> true), Stream.of(encoded))
            .collect(Collectors.joining("&", path(page) + "?", "")));
  }

  private static String path(URI uri) {
    String text = uri.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  private static @Nullable String token(URI uri) {
    return all(uri)
        .filter(parameter -> parameter.startsWith(CONTINUE))
        .map(parameter -> parameter.substring(CONTINUE.length()))
        .findFirst()
        .orElse(null);
  }

  /** The parameters but the token. */
  private static Stream<String> parameters(URI uri, Predicate<String> which) {
    return all(uri).filter(parameter -> !parameter.startsWith(CONTINUE)).filter(which);
  }

  private static Stream<String> all(URI uri) {
    String query = uri.getRawQuery();
    return query == null ? Stream.empty() : Arrays.stream(query.split("&"));
  }
}
