package dev.lambdaconfig.kube.http;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request, whose head has arrived as that of another one.
 *
 * @param head the response that has arrived
 * @param request the request that it is given to
 * @param body the body, or null until its handler knows the head
 */
record ArrivedResponse<T>(HttpResponse<?> head, HttpRequest request, @Nullable T body)
    implements HttpResponse<T>, ResponseInfo {

  /** Gives a response to a request, with a body that arrives. */
  static <T> CompletionStage<HttpResponse<T>> deliver(
      HttpResponse<?> head,
      Publisher<List<ByteBuffer>> arriving,
      HttpRequest request,
      BodyHandler<T> handler) {
    BodySubscriber<T> subscriber = handler.apply(new ArrivedResponse<>(head, request, null));
    arriving.subscribe(subscriber);
    return subscriber.getBody().thenApply(body -> new ArrivedResponse<>(head, request, body));
  }

  @Override
  public int statusCode() {
    return head.statusCode();
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    return head.headers();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return head.sslSession();
  }

  @Override
  public URI uri() {
    return head.uri();
  }

  @Override
  public Version version() {
    return head.version();
  }
}
