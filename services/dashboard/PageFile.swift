/// The page's own files, which the program carries within it.
struct PageFile: Sendable {
  let path: String
  let type: String
  private let bytes: [UInt8]

  private init(_ path: String, _ type: String, _ bytes: [UInt8]) {
    self.path = path
    self.type = "\(type); charset=utf-8"
    self.bytes = bytes
  }

  var contents: String { String(decoding: bytes, as: UTF8.self) }

  static let all = [
    PageFile("", "text/html", PackageResources.index_html),
    PageFile("icon.svg", "image/svg+xml", PackageResources.icon_svg),
    PageFile("style.css", "text/css", PackageResources.style_css),
    PageFile("main.js", "text/javascript", PackageResources.main_js),
    PageFile("format.js", "text/javascript", PackageResources.format_js),
    PageFile("charts.js", "text/javascript", PackageResources.charts_js),
    PageFile("overview.js", "text/javascript", PackageResources.overview_js),
    PageFile("run.js", "text/javascript", PackageResources.run_js),
    PageFile("compare.js", "text/javascript", PackageResources.compare_js),
  ]
}
