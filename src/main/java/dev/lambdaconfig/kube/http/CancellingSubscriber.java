package dev.lambdaconfig.kube.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Wants nothing of a body. */
final class CancellingSubscriber implements Subscriber<List<ByteBuffer>> {

  /** Ends a request, whether its response has begun to arrive or not. */
  static void drop(CompletableFuture<HttpResponse<Publisher<List<ByteBuffer>>>> response) {
    if (!response.cancel(true)) {
      var unused =
          response.thenAccept(arrived -> arrived.body().subscribe(new CancellingSubscriber()));
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> item) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
