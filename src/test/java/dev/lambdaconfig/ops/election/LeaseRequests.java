package dev.lambdaconfig.ops.election;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests for a Lease, as the client passes them by an interceptor. */
final class LeaseRequests {

  private static final String LEASE =
      "https://api/below/apis/coordination.k8s.io/v1/namespaces/system/leases/operator";

  private final Interceptor interceptor;

  LeaseRequests(Interceptor interceptor) {
    this.interceptor = interceptor;
  }

  /** A whole request. */
  void request(String method, boolean successful) {
    StandardHttpRequest request = lease(method);
    var unused = begin(request);
    end(request, successful ? 200 : 503);
  }

  static StandardHttpRequest lease(String method) {
    return to(LEASE, method);
  }

  static StandardHttpRequest to(String uri, String method) {
    return (StandardHttpRequest)
        new StandardHttpRequest.Builder().uri(uri).method(method, "application/json", "{}").build();
  }

  /** Begins a request, and returns what is sent. */
  StandardHttpRequest begin(StandardHttpRequest request) {
    StandardHttpRequest.Builder builder = request.newBuilder();
    interceptor.before(
        builder,
        request,
        new Interceptor.RequestTags() {
          @Override
          public <T> @Nullable T getTag(Class<T> type) {
            return null;
          }
        });
    return builder.build();
  }

  void end(StandardHttpRequest request, int code) {
    interceptor.after(request, new Answer(request, code), (body, content) -> {});
  }

  private record Answer(HttpRequest request, int code) implements HttpResponse<String> {

    @Override
    public String body() {
      return "";
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }
  }
}
