package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy in front of the API server that breaks the watches of LambdaFunctionConfigs. */
final class BrokenWatches implements Interceptor {

  /** Where nothing is. */
  private static final String NOWHERE = "/nowhere";

  private volatile boolean broken;
  private final AtomicBoolean outdated = new AtomicBoolean();

  /** The lists that the API server was asked for. */
  final AtomicInteger lists = new AtomicInteger();

  /** Breaks each watch that is about to begin. */
  void breakThem() {
    broken = true;
  }

  /** Lets watches through again; the first one asks for a version that nobody has any more. */
  void mendWithAnOutdatedVersion() {
    outdated.set(true);
    broken = false;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    String uri = request.uri().toString();
    if (!uri.contains("/lambdafunctionconfigs?")) {
      return;
    }
    if (!uri.contains("watch=true")) {
      lists.incrementAndGet();
    } else if (broken) {
      builder.uri(request.uri().resolve(NOWHERE));
    } else if (outdated.getAndSet(false)) {
      builder.uri(URI.create(uri.replaceFirst("resourceVersion=\\d+", "resourceVersion=1")));
    }
  }
}
