"""The page's style: quiet, in the system's own type; light and dark, desk and phone, and paper."""

STYLE = """
:root{color-scheme:light dark;--ink:#1b2029;--soft:#4b5565;--paper:#fff;--band:#f3f5f8;--line:#d3d8e1;--link:#174ea6}
@media (prefers-color-scheme:dark){:root{--ink:#e7eaf0;--soft:#aeb7c6;--paper:#14171d;--band:#1e232c;--line:#3b4350;
--link:#9cc2ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1{font-size:1.7rem;line-height:1.25;margin:0;text-wrap:balance}
.subtitle{font-size:1.1rem;color:var(--soft);margin:.25rem 0 1rem}
header p{max-width:52rem}
h2{font-size:1.3rem;line-height:1.3;margin:3rem 0 .25rem;padding-top:.75rem;border-top:3px solid var(--line);text-wrap:balance}
h3{font-size:1.05rem;line-height:1.35;margin:2rem 0 .5rem}
p{margin:.4rem 0}
a{color:var(--link)}
a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
.up{font-size:.8125rem;color:var(--soft)}
.soft{font-size:.875em;color:var(--soft)}
.cite{font-size:.875em;font-weight:600}
nav{margin:1.25rem 0 0;padding:.75rem 1rem;background:var(--band);border-radius:.4rem;font-size:.9375rem}
nav .label{margin:0 0 .25rem;font-weight:600}
nav ul{list-style:none;margin:0;padding:0;columns:20rem;column-gap:2rem}
nav li{break-inside:avoid;padding:.12rem 0 .12rem 1rem;text-indent:-1rem}
nav li.l3{margin-left:1rem;font-size:.9rem}
dl{margin:.75rem 0 0;padding:.6rem .9rem;background:var(--band);border-radius:.4rem}
dl>div{display:grid;grid-template-columns:10.5rem 1fr;gap:0 1rem;padding:.15rem 0}
dt{font-weight:600;font-size:.9375rem}
dd{margin:0;min-width:0}
dd p:first-child{margin-top:0}
table{width:100%;border-collapse:collapse;table-layout:fixed;font-size:.9375rem;margin:.25rem 0 1rem}
caption{text-align:left;font-size:.875rem;color:var(--soft);padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.8125rem;color:var(--soft);border-bottom:2px solid var(--line)}
tbody th{font-weight:400}
td p,th p{margin:.25rem 0}
td>p:first-child,th>p:first-child{margin-top:0}
ul{margin:.3rem 0;padding-left:1.1rem}
li+li{margin-top:.2rem}
footer{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
@media (max-width:44rem){
body{padding:1rem 1rem 2rem}
dl>div{grid-template-columns:1fr}
table,thead,tbody,tr,th,td,caption,colgroup{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
th,td{border:0;padding:.15rem 0}
td::before{content:attr(data-head);display:block;font-weight:600;font-size:.8125rem;color:var(--soft)}
}
@media print{
:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--band:#fff;--line:#999;--link:#000}
body{max-width:none;padding:0;font-size:9.5pt}
.skip,.up{display:none}
nav{padding:0}
h2{break-before:page;border-top:0;margin-top:0}
h3,caption{break-after:avoid}
thead{display:table-header-group}
tr{break-inside:avoid}
a{text-decoration:none}
@page{margin:2cm}
}
"""
