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

  /** The names in the spec, as long as they are asked for before the rest. */
  private @Nullable Naming naming;

  private CompressedSpec(byte[] bytes, @Nullable Naming naming) {
    super(bytes);
    this.naming = naming;
  }

  /** Compresses a spec that {@linkplain LambdaFunctionConfigSpec#unreadable() could be read}. */
  static CompressedSpec of(LambdaFunctionConfigSpec spec) {
    CompressedSpec compressed = new CompressedSpec(COMPRESSION.compress(spec), Naming.of(spec));
    RECENT.put(compressed, spec);
    return compressed;
  }

  /** The names in the spec, or null once they were forgotten. */
  @Nullable Naming naming() {
    return naming;
  }

  /** Drops the names, which take as much as a third of the rest. */
  void forgetNaming() {
    naming = null;
  }

  /** The spec. It is decoded once for the few readers of each event. */
  LambdaFunctionConfigSpec spec() {
    LambdaFunctionConfigSpec recent = RECENT.get(this);
    if (recent != null) {
      return recent;
    }
    LambdaFunctionConfigSpec spec = COMPRESSION.decompress(bytes());
    RECENT.put(this, spec);
    return spec;
  }
}
