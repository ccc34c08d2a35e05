package dev.lambdaconfig.kube.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lists that are read at once, and given to the client as the first page that it asks for.
 * Where that fails at any point, the client is given a page.
 */
@FunctionalInterface
public interface WholeLists {

  /** No list. */
  WholeLists NONE = (request, page) -> null;

  /**
   * A list that is read at once.
   *
   * @param request asks for all of it
   * @param ownAfter makes the client's own request, after some of its time was spent on this one
   * @param page makes the request for a short first page, once the list has broken off
   * @param body reads the response, and returns what the client reads in its place; its {@code
   *     getBody} is one future, which ends the response as soon as anybody fails or cancels it
   * @param longestHead the time until the response begins, after which the client's own request is
   *     sent
   * @param longest the time from then on until the list has arrived, after which it is read in
   *     pages
   */
  record Whole(
      HttpRequest request,
      Function<Duration, HttpRequest> ownAfter,
      Supplier<HttpRequest> page,
      BodySubscriber<byte[]> body,
      Duration longestHead,
      Duration longest) {}

  /**
   * Returns the list that begins with a page, or null if it is read page by page.
   *
   * @param request the request for the page
   */
  @Nullable Whole instead(HttpRequest request, PageUri page);
}
