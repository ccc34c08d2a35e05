package dev.lambdaconfig.feature;

/** The threads of the AWS SDK in this JVM. */
final class AwsThreads {

  private AwsThreads() {}

  static long count() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sdk-") || name.startsWith("aws-"))
        .count();
  }
}
