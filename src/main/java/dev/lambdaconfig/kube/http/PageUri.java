package dev.lambdaconfig.kube.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The URI of a page of a list.
 *
 * @param uri the URI
 * @param limit the items that the page has at most, which the URI names
 */
public record PageUri(URI uri, long limit) {

  private static final String CONTINUE = "continue=";
  private static final String LIMIT = "limit=";
  private static final Pattern LENGTH = Pattern.compile(LIMIT + "(\\d{1,9})");

  /** Returns the page that a URI asks for, or null if it asks for anything else. */
  public static @Nullable PageUri of(URI uri) {
    return parameters(uri)
        .map(LENGTH::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(length -> new PageUri(uri, Long.parseLong(length.group(1))))
        .orElse(null);
  }

  /** Returns the same page, of another length. */
  public PageUri withLimit(long items) {
    String limited = LIMIT + items;
    return new PageUri(
        with(parameters(uri).map(each -> each.startsWith(LIMIT) ? limited : each)), items);
  }

  /** Returns the page after this one, with the token that the list gave for it. */
  public PageUri next(String token) {
    String encoded = CONTINUE + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return new PageUri(with(Stream.concat(without(CONTINUE), Stream.of(encoded))), limit);
  }

  /** Returns whether the list begins with this page. */
  public boolean isFirst() {
    return token() == null;
  }

  /** Returns the URI of all of the list. */
  public URI all() {
    return with(others());
  }

  /** The token of this page, encoded, or null for the first one. */
  @Nullable String token() {
    return parameters(uri)
        .filter(parameter -> parameter.startsWith(CONTINUE))
        .map(parameter -> parameter.substring(CONTINUE.length()))
        .findFirst()
        .orElse(null);
  }

  /** The URI that all pages of one list have in common, however long they are. */
  URI list() {
    return with(others().sorted());
  }

  private URI with(Stream<String> parameters) {
    String query = parameters.collect(Collectors.joining("&"));
    String path = uri.toString().replaceFirst("\\?.*", "");
    return URI.create(query.isEmpty() ? path : path + "?" + query);
  }

  /** The parameters that are not of the page. */
  private Stream<String> others() {
    return without(CONTINUE).filter(parameter -> !parameter.startsWith(LIMIT));
  }

  private Stream<String> without(String name) {
    return parameters(uri).filter(parameter -> !parameter.startsWith(name));
  }

  private static Stream<String> parameters(URI uri) {
    String query = uri.getRawQuery();
    return query == null ? Stream.empty() : Arrays.stream(query.split("&"));
  }
}
