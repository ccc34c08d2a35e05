package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * A readable spec in about a hundred bytes. Equal bytes mean equal specs.
 *
 * <p>It contains the values of environment variables: nothing prints it.
 */
final class CompressedSpec extends CompressedJson {

  private static final JsonCompression<LambdaFunctionConfigSpec> COMPRESSION =
      new JsonCompression<>(
          """
          {"functionName":"arn:aws:lambda:eu-west-1:123456789012:function:","region":"us-east-1",\
          "mode":"Observe","suspend":true,"deletionPolicy":"Restore","kmsKeyArn":"arn:aws:kms:",\
          "durableConfig":{"executionTimeout":,"retentionPeriodInDays":},"snapStart":{"applyOn":\
          "PublishedVersions"},"imageConfig":{"command":["],"entryPoint":["],"workingDirectory":\
          "/"},"fileSystemConfigs":[{"arn":"arn:aws:elasticfilesystem:","localMountPath":\
          "/mnt/"}],"deadLetterConfig":{"targetArn":"arn:aws:sqs:"},"loggingConfig":{"logFormat":\
          "JSON","applicationLogLevel":"INFO","systemLogLevel":"WARN","logGroup":"/aws/lambda/"},\
          "vpcConfig":{"subnetIds":["subnet-0"],"securityGroupIds":["sg-0"],\
          "ipv6AllowedForDualStack":false},"tracingConfig":{"mode":"Active"},"ephemeralStorage":\
          {"size":1024},"runtime":"python3.","handler":"index.handler","role":\
          "arn:aws:iam::123456789012:role/service-role/","layers":["arn:aws:lambda:eu-west-1:\
          123456789012:layer:"],"description":"","timeout":30,"memorySize":512,\
          "environment":{"variables":{"LOG_LEVEL":"info"}}}\
          """,
          LenientSpecDeserializer.STRICT.writerFor(LambdaFunctionConfigSpec.class),
          LenientSpecDeserializer.STRICT.readerFor(LambdaFunctionConfigSpec.class));

  private static final RecentValues<CompressedSpec, LambdaFunctionConfigSpec> RECENT =
      new RecentValues<>(6);

  /** The length of the longest names to keep, more than the API server lets through. */
  private static final int LONGEST_NAMES = 200;

  /**
   * The names in the spec until it is decoded for the first time, for those who need no more; null
   * from then on. Any thread reads and clears them, and they take no part in comparisons.
   */
  private @Nullable SpecNames names;

  private CompressedSpec(byte[] bytes, @Nullable SpecNames names) {
    super(bytes);
    this.names = names != null && names.length() <= LONGEST_NAMES ? names : null;
  }

  /** Compresses a spec that {@linkplain LambdaFunctionConfigSpec#unreadable() could be read}. */
  static CompressedSpec of(LambdaFunctionConfigSpec spec) {
    CompressedSpec compressed = new CompressedSpec(COMPRESSION.compress(spec), SpecNames.of(spec));
    RECENT.put(compressed, spec);
    return compressed;
  }

  /** The names in the spec, for which it is decoded only if they are not known any more. */
  @Nullable SpecNames names() {
    SpecNames known = names;
    return known == null ? SpecNames.of(spec()) : known;
  }

  /** The spec. It is decoded once for the few readers of each event. */
  LambdaFunctionConfigSpec spec() {
    if (names != null) {
      // Each store would have the next collection look through this part of the old generation.
      names = null;
    }
    LambdaFunctionConfigSpec recent = RECENT.get(this);
    if (recent != null) {
      return recent;
    }
    LambdaFunctionConfigSpec spec = COMPRESSION.decompress(bytes());
    RECENT.put(this, spec);
    return spec;
  }
}
