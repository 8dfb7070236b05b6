package io.costattr.it.streamusage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Streamed calls with Apache HttpClient 4. */
final class Apache4Calls {
  private Apache4Calls() {}

  static void all(String base) throws IOException {
    StringEntity question = new StringEntity(StreamCalls.QUESTION, ContentType.APPLICATION_JSON);
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      call("apache4", client, base + "/zipped/chat/completions", question, null);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      HttpPost post = new HttpPost(base + "/chat/completions");
      post.setEntity(question);
      try (CloseableHttpResponse response = client.execute(post)) {
        response.getEntity().writeTo(written);
      }
      StreamCalls.say("apache4-written", written.toString(UTF_8));
      call("apache4-own", client, base + "/chat/completions", question, "br");
      call(
          "apache4-once",
          client,
          base + "/chat/completions",
          new InputStreamEntity(new ByteArrayInputStream(StreamCalls.QUESTION.getBytes(UTF_8))),
          null);
    }
    try (CloseableHttpClient minimal = HttpClients.createMinimal()) {
      call("apache4-minimal", minimal, base + "/chat/completions", question, null);
    }
  }

  private static void call(
      String who, CloseableHttpClient client, String url, HttpEntity question, String encodings)
      throws IOException {
    HttpPost post = new HttpPost(url);
    post.setEntity(question);
    if (encodings != null) {
      post.setHeader("Accept-Encoding", encodings);
    }
    HttpClientContext context = HttpClientContext.create();
    try (CloseableHttpResponse response = client.execute(post, context)) {
      StreamCalls.say(who, EntityUtils.toString(response.getEntity()));
      StreamCalls.say(who, response.getEntity().getContentLength());
    }
    HttpEntityEnclosingRequest sent = (HttpEntityEnclosingRequest) context.getRequest();
    StreamCalls.say(who, sent.getFirstHeader("Content-Length"));
    StreamCalls.say(who, sent.getFirstHeader("Accept-Encoding"));
    StreamCalls.say(who, sent.getEntity().getContentLength());
  }
}
