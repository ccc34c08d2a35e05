package dev.lambdaconfig.aws.sdk;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Credentials whose provider counts how often it is closed, after which the SDK's fail. */
final class CloseableCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public AwsCredentials resolveCredentials() {
    return AwsBasicCredentials.create("AKID", "secret");
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  int closed() {
    return closed.get();
  }
}
