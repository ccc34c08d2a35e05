package dev.lambdaconfig.kube.lists;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a list as it arrives; its body is what is left once the items are read. */
final class WholeListReader implements BodySubscriber<byte[]>, AsyncBody {

  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private final ListBody list;
  private final CompletableFuture<byte[]> read = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

  /**
   * Creates a reader of one answer.
   *
   * @param list makes the consumer of the answer, which passes on what is left of it
   */
  WholeListReader(Function<AsyncBody.Consumer<List<ByteBuffer>>, ListBody> list) {
    this.list = list.apply(this::keep);
    var unused =
        read.whenComplete(
            (rest, failure) -> {
              if (failure != null) {
                cancel();
                done.completeExceptionally(failure);
              }
            });
  }

  private void keep(List<ByteBuffer> left, AsyncBody body) {
    for (ByteBuffer part : left) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      rest.writeBytes(bytes);
    }
    body.consume();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return read;
  }

  @Override
  public void onSubscribe(Subscription made) {
    subscription.set(made);
    consume();
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    try {
      list.consume(part, this);
    } catch (Exception e) {
      onError(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    read.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (!list.hasEnded()) {
      onError(new EOFException("a list of all resources ended early"));
    } else if (read.complete(rest.toByteArray())) {
      done.complete(null);
    }
  }

  @Override
  public void consume() {
    Subscription made = subscription.get();
    if (made != null && !done.isDone()) {
      made.request(1);
    }
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void cancel() {
    Subscription made = subscription.get();
    if (made != null) {
      made.cancel();
    }
  }
}
