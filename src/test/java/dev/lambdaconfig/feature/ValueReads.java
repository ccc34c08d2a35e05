package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Records an operator's reads of Secrets and ConfigMaps by their names. */
final class ValueReads implements Interceptor {

  private static final Pattern OBJECT =
      Pattern.compile("/api/v1/namespaces/[^/]+/(secrets|configmaps)/([^/]+)");

  private final Queue<String> names = new ConcurrentLinkedQueue<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher object = OBJECT.matcher(request.uri().getPath());
    if (request.method().equals("GET") && object.matches()) {
      names.add(object.group(2));
    }
  }

  /** The names of the objects that were read, the first one first. */
  List<String> names() {
    return List.copyOf(names);
  }

  void clear() {
    names.clear();
  }
}
