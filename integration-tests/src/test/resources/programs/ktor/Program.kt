import io.costattr.api.Attribution
import io.costattr.api.AttributionContext
import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.apache.Apache
import io.ktor.client.engine.java.Java
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.preparePost
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.utils.io.readUTF8Line
import kotlin.system.exitProcess
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking

/** Calls through the engines that stand on an HTTP client; a customer for each kind of call. */
object Program {
  @JvmStatic
  fun main(arguments: Array<String>) {
    val (base, secure) = arguments
    engine("okhttp", OkHttp.create(), base, secure)
    engine("java", Java.create(), base, secure)
    engine("apache", Apache.create(), base, secure)
    // apache5:
    engine("apache5", io.ktor.client.engine.apache5.Apache5.create(), base, secure)
    // end
    // android:
    engine("android", io.ktor.client.engine.android.Android.create(), base, secure)
    // end
    println("done")
    exitProcess(0)
  }

  private fun engine(name: String, engine: HttpClientEngine, base: String, secure: String) {
    HttpClient(engine).use { client ->
      runBlocking {
        customer(name).use { check(client.call(base)) }
        customer("$name-tls").use { check(client.call(secure)) }
        customer("$name-stream").use { client.stream(base) }
        val others =
          (1..2).map { number ->
            async(Dispatchers.Default) {
              customer("$name-at-once-$number").use { runBlocking { check(client.call(base)) } }
            }
          }
        others.forEach { it.await() }
      }
    }
  }

  private suspend fun HttpClient.call(base: String) =
    post("$base/chat/completions") {
        header("Authorization", "Bearer sk-test")
        contentType(ContentType.Application.Json)
        setBody(QUESTION)
      }
      .bodyAsText()

  private suspend fun HttpClient.stream(base: String) =
    preparePost("$base/chat/completions") {
        header("Authorization", "Bearer sk-test")
        contentType(ContentType.Application.Json)
        setBody(STREAMED)
      }
      .execute { response ->
        val channel = response.bodyAsChannel()
        var line: String? = ""
        while (line != null && line != "data: [DONE]") {
          line = channel.readUTF8Line()
        }
      }

  private fun check(text: String) {
    if (!text.contains("gpt-4o-mini")) {
      throw AssertionError(text)
    }
  }

  private fun customer(id: String) =
    AttributionContext.with(Attribution.builder().feature("versions").customerId(id).build())

  private const val BEGUN =
    """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello there"}]"""
  private const val QUESTION = "$BEGUN}"
  private const val STREAMED = """$BEGUN,"stream":true,"stream_options":{"include_usage":true}}"""
}
