package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds an operator's reads of the Secrets of a namespace, as a slow API server would. */
final class HeldReads implements Interceptor, AutoCloseable {

  private final String secrets;
  private final AtomicInteger held = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  HeldReads(String namespace) {
    this.secrets = "/api/v1/namespaces/" + namespace + "/secrets/";
  }

  /** The number of reads so far. */
  int held() {
    return held.get();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (request.method().equals("GET") && request.uri().getPath().startsWith(secrets)) {
      held.incrementAndGet();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets all reads go on, from now on. */
  void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
  }
}
