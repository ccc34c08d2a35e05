package dev.lambdaconfig.aws.sdk.answer;

import dev.lambdaconfig.aws.sdk.http.TooLongException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Reports an answer that cannot be read by what is known of it from outside. The texts of parsers
 * repeat what they could not parse, which can be the value of an environment variable, so neither
 * they nor the parser's exception leave the call.
 *
 * @param format the format that the service answers in
 */
public record UnreadableAnswers(String format) implements ExecutionInterceptor {

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,40}/[A-Za-z0-9!#$&^_.+-]{1,60}");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,12}");

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable exception = context.exception();
    // The SDK takes an exception of the same class only.
    return exception.getClass().equals(SdkClientException.class)
            && context.httpResponse().isPresent()
            && !LostAnswer.isIn(exception)
        ? SdkClientException.create(
            "the answer to "
                + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)
                + wrong(TooLongException.in(exception))
                + " ("
                + described(context.httpResponse().get())
                + ")"
                + AnswerCheck.ADVICE)
        : exception;
  }

  private String wrong(@Nullable TooLongException tooLong) {
    return tooLong == null
        ? " is not the " + format + " that AWS sends"
        : " has more than "
            + tooLong.most()
            + " bytes, more than any answer of AWS, and was not read to its end";
  }

  private static String described(SdkHttpResponse response) {
    String type =
        response.firstMatchingHeader("Content-Type").orElse("").replaceFirst(";.*", "").strip();
    String length = response.firstMatchingHeader("Content-Length").orElse("");
    return "HTTP "
        + response.statusCode()
        + ", "
        + (MEDIA_TYPE.matcher(type).matches() ? type : "without a content type")
        + ", "
        + (LENGTH.matcher(length).matches() ? length + " bytes" : "of unknown length");
  }
}
