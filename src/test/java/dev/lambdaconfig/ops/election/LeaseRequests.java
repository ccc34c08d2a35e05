package dev.lambdaconfig.ops.election;

import dev.lambdaconfig.kube.InterceptedAnswer;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
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
    interceptor.after(request, new InterceptedAnswer(request, code), (body, content) -> {});
  }
}
