package dev.lambdaconfig.kube.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes a body on in order, but not in the thread that reads the connection: as long as that
 * thread is busy with a body, nothing else arrives, neither the next page of a list nor an event of
 * a watch.
 */
final class OffloadedBody<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> body;
  private final Executor executor;
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  /** The last signal. Signals come one after the other, but for a connection that is aborted. */
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /** Passes all signals of a body on in an executor. */
  OffloadedBody(BodySubscriber<T> body, Executor executor) {
    this.body = body;
    this.executor = executor;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Subscription made) {
    subscription.set(made);
    body.onSubscribe(made);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    then(() -> body.onNext(part));
  }

  @Override
  public void onError(Throwable failure) {
    then(() -> fail(failure));
  }

  @Override
  public void onComplete() {
    then(body::onComplete);
  }

  /** Passes a signal on after the last one. Where it fails, the ones after it are dropped. */
  private synchronized void then(Runnable signal) {
    last =
        last.thenRunAsync(signal, executor)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    // That an executor refuses a signal is not thrown, but arrives here, too.
                    Throwable cause = failure.getCause();
                    fail(failure instanceof CompletionException && cause != null ? cause : failure);
                  }
                });
  }

  private void fail(Throwable failure) {
    if (failed.compareAndSet(false, true)) {
      cancel();
      body.onError(failure);
    }
  }

  private void cancel() {
    Subscription made = subscription.get();
    if (made != null) {
      made.cancel();
    }
  }
}
