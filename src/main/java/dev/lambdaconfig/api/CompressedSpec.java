package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A readable spec in about a hundred bytes. Equal bytes mean equal specs.
 *
 * <p>It contains the values of environment variables: nothing prints it.
 */
final class CompressedSpec {

  private static final JsonCompression COMPRESSION =
      new JsonCompression(
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
          """);

  // A lone surrogate is no UTF-8.
  private static final ObjectWriter WRITER =
      LenientSpecDeserializer.STRICT
          .writerFor(LambdaFunctionConfigSpec.class)
          .with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private static final ObjectReader READER =
      LenientSpecDeserializer.STRICT.readerFor(LambdaFunctionConfigSpec.class);

  private static final RecentValues<CompressedSpec, LambdaFunctionConfigSpec> RECENT =
      new RecentValues<>();

  private final byte[] bytes;

  private CompressedSpec(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Compresses a spec that {@linkplain LambdaFunctionConfigSpec#unreadable() could be read}. */
  static CompressedSpec of(LambdaFunctionConfigSpec spec) {
    try {
      CompressedSpec compressed =
          new CompressedSpec(COMPRESSION.compress(WRITER.writeValueAsBytes(spec)));
      RECENT.put(compressed, spec);
      return compressed;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The spec. It is decoded once for the few readers of each event. */
  LambdaFunctionConfigSpec spec() {
    LambdaFunctionConfigSpec recent = RECENT.get(this);
    if (recent != null) {
      return recent;
    }
    try {
      LambdaFunctionConfigSpec spec = READER.readValue(COMPRESSION.decompress(bytes));
      RECENT.put(this, spec);
      return spec;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of bytes. */
  int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompressedSpec that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its size only. */
  @Override
  public String toString() {
    return "CompressedSpec[" + bytes.length + " bytes]";
  }
}
