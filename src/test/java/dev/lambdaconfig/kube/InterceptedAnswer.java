package dev.lambdaconfig.kube;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer without content, as the client passes it to an interceptor. */
public record InterceptedAnswer(HttpRequest request, int code) implements HttpResponse<String> {

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
