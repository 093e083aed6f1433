project = "Three interleavings"
extensions = ["racewalk_sphinx"]
racewalk_script = "racewalk/race-walk.js"
html_static_path = ["_static"]
html_css_files = ["page.css"]
