package dev.lambdaconfig.kube.http;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Asks for one part after the other, when it is told to. */
final class SlowSubscriber implements Subscriber<List<ByteBuffer>> {
  private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable Subscription subscription;

  /** The parts that have arrived and were not taken. */
  BlockingQueue<String> parts() {
    return parts;
  }

  void ask() {
    asked.incrementAndGet();
    requireNonNull(subscription).request(1);
  }

  String next() throws InterruptedException {
    return requireNonNull(parts.poll(PageServer.SECONDS, TimeUnit.SECONDS), "no part");
  }

  @Override
  public void onSubscribe(Subscription made) {
    subscription = made;
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    parts.add(asked.getAndDecrement() > 0 ? "part" : "a part that nobody has asked for");
  }

  @Override
  public void onError(Throwable failure) {
    parts.add(String.valueOf(failure));
  }

  @Override
  public void onComplete() {
    parts.add("complete");
  }
}
